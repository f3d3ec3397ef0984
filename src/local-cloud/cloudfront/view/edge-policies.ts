import type { EdgeCachePolicy, EdgeOriginRequestPolicy, EdgeResponseHeadersPolicy } from '../../edge-view.ts';
import { type XmlNode, type XmlTree, xmlChild } from '../../xml.ts';
import { integerAt, isTrue, itemsOf, textAt, textsOf } from '../tree.ts';
import { securityHeaders } from './security-headers.ts';

/** A cache policy's config as the edge reads it. */
export function toEdgeCachePolicy(config: XmlTree): EdgeCachePolicy {
  const key = xmlChild(config, 'ParametersInCacheKeyAndForwardedToOrigin');
  return {
    ...ttls(config),
    gzip: isTrue(key, 'EnableAcceptEncodingGzip'),
    brotli: isTrue(key, 'EnableAcceptEncodingBrotli'),
    headers: textsOf(xmlChild(key, 'HeadersConfig', 'Headers')),
    cookies: toChoice(xmlChild(key, 'CookiesConfig'), 'CookieBehavior', 'Cookies'),
    queryStrings: toChoice(xmlChild(key, 'QueryStringsConfig'), 'QueryStringBehavior', 'QueryStrings'),
  };
}

/** The same for a behavior of the older kind, whose ForwardedValues are its cache key [cfg23 cache behavior settings]. */
export function fromForwardedValues(behavior: XmlNode): EdgeCachePolicy {
  const values = xmlChild(behavior, 'ForwardedValues');
  const names = textsOf(xmlChild(values, 'QueryStringCacheKeys'));
  const forwarded = names.length > 0 ? { whitelist: names } : ('all' as const);
  return {
    ...ttls(behavior),
    gzip: isTrue(behavior, 'Compress'),
    brotli: false,
    headers: textsOf(xmlChild(values, 'Headers')),
    cookies: toChoice(xmlChild(values, 'Cookies'), 'Forward', 'WhitelistedNames'),
    queryStrings: isTrue(values, 'QueryString') ? forwarded : 'none',
  };
}

/**
 * An origin request policy's config as the edge reads it. `allViewerAndWhitelistCloudFront` counts as all of the viewer's:
 * the headers that CloudFront would add about the viewer are not known here.
 */
export function toEdgeOriginRequestPolicy(config: XmlTree): EdgeOriginRequestPolicy {
  return {
    headers: toHeaderChoice(xmlChild(config, 'HeadersConfig')),
    cookies: toChoice(xmlChild(config, 'CookiesConfig'), 'CookieBehavior', 'Cookies'),
    queryStrings: toChoice(xmlChild(config, 'QueryStringsConfig'), 'QueryStringBehavior', 'QueryStrings'),
  };
}

function toHeaderChoice(node: XmlNode | undefined): EdgeOriginRequestPolicy['headers'] {
  const names = textsOf(xmlChild(node, 'Headers')).map((name) => name.toLowerCase());
  const choice = textAt(node, 'HeaderBehavior');
  if (choice === 'whitelist') return { whitelist: names };
  if (choice === 'allExcept') return { allExcept: names };
  return choice.startsWith('allViewer') ? 'all' : 'none';
}

/**
 * A response headers policy as header lines: security and custom headers, and what is removed. Its CORS part and
 * Server-Timing are kept in the config but not interpreted.
 */
export function toEdgeResponseHeadersPolicy(config: XmlTree): EdgeResponseHeadersPolicy {
  const custom = itemsOf(xmlChild(config, 'CustomHeadersConfig')).map((item) => ({
    name: textAt(item, 'Header'),
    value: textAt(item, 'Value'),
    override: isTrue(item, 'Override'),
  }));
  return {
    set: [...securityHeaders(xmlChild(config, 'SecurityHeadersConfig')), ...custom],
    remove: itemsOf(xmlChild(config, 'RemoveHeadersConfig')).map((item) => textAt(item, 'Header')),
  };
}

function ttls(node: XmlNode): Pick<EdgeCachePolicy, 'minTtlSeconds' | 'defaultTtlSeconds' | 'maxTtlSeconds'> {
  return {
    minTtlSeconds: integerAt(node, 'MinTTL') ?? 0,
    defaultTtlSeconds: integerAt(node, 'DefaultTTL') ?? 86400,
    maxTtlSeconds: integerAt(node, 'MaxTTL') ?? 31536000,
  };
}

function toChoice(node: XmlNode | undefined, behavior: string, list: string): EdgeCachePolicy['cookies'] {
  const names = textsOf(xmlChild(node, list));
  const choice = textAt(node, behavior);
  if (choice === 'whitelist') return { whitelist: names };
  if (choice === 'allExcept') return { allExcept: names };
  return choice === 'all' ? 'all' : 'none';
}
