import type { EdgeBehavior, EdgeDistribution, EdgeErrorResponse, EdgeOrigin } from '../../edge-view.ts';
import { type XmlNode, xmlChild } from '../../xml.ts';
import { behaviorsOf } from '../distributions/behaviors-of.ts';
import type { CloudFrontState, Distribution } from '../state.ts';
import { integerAt, isTrue, itemsOf, textAt, textsOf } from '../tree.ts';

/** A distribution's config as the edge reads it. */
export function toEdgeDistribution(state: CloudFrontState, distribution: Distribution): EdgeDistribution {
  const { id, arn, domain, config } = distribution;
  return {
    id,
    arn,
    domain,
    aliases: textsOf(xmlChild(config, 'Aliases')),
    defaultRootObject: textAt(config, 'DefaultRootObject'),
    origins: itemsOf(xmlChild(config, 'Origins')).map((origin) => toOrigin(state, origin)),
    behaviors: behaviorsOf(config).map((behavior, index) => toBehavior(behavior, forwardedValuesId(id, index))),
    errorResponses: itemsOf(xmlChild(config, 'CustomErrorResponses')).map(toErrorResponse),
    ...withoutEmpty({ tagHeader: textAt(config, 'CacheTagConfig', 'HeaderName').toLowerCase() }),
  };
}

/** A behavior without cache policy has one of its own, made from its ForwardedValues and named so. */
export function forwardedValuesId(distributionId: string, index: number): string {
  return `forwarded-values/${distributionId}/${index}`;
}

function toOrigin(state: CloudFrontState, origin: XmlNode): EdgeOrigin {
  const custom = xmlChild(origin, 'CustomOriginConfig');
  const control = state.originAccessControls.get(textAt(origin, 'OriginAccessControlId'));
  const headers = itemsOf(xmlChild(origin, 'CustomHeaders'));
  return {
    id: textAt(origin, 'Id'),
    domainName: textAt(origin, 'DomainName'),
    originPath: textAt(origin, 'OriginPath'),
    customHeaders: Object.fromEntries(headers.map((item) => [textAt(item, 'HeaderName'), textAt(item, 'HeaderValue')])),
    kind: xmlChild(origin, 'S3OriginConfig') === undefined ? 'custom' : 's3',
    signed:
      textAt(control?.config, 'OriginAccessControlOriginType') === 's3' &&
      textAt(control?.config, 'SigningBehavior') === 'always',
    ...(custom === undefined ? {} : { custom: toCustom(custom) }),
  };
}

function toCustom(custom: XmlNode): NonNullable<EdgeOrigin['custom']> {
  return {
    httpPort: integerAt(custom, 'HTTPPort') ?? 80,
    httpsPort: integerAt(custom, 'HTTPSPort') ?? 443,
    protocolPolicy: textAt(custom, 'OriginProtocolPolicy'),
    readTimeoutSeconds: integerAt(custom, 'OriginReadTimeout') ?? 30,
  };
}

function toBehavior(behavior: XmlNode, ownPolicy: string): EdgeBehavior {
  const methods = xmlChild(behavior, 'AllowedMethods');
  const optional = {
    originRequestPolicyId: textAt(behavior, 'OriginRequestPolicyId'),
    responseHeadersPolicyId: textAt(behavior, 'ResponseHeadersPolicyId'),
    viewerRequestFunctionArn: functionFor(behavior, 'viewer-request'),
    viewerResponseFunctionArn: functionFor(behavior, 'viewer-response'),
  };
  return {
    pathPattern: textAt(behavior, 'PathPattern') || '*',
    targetOriginId: textAt(behavior, 'TargetOriginId'),
    viewerProtocolPolicy: textAt(behavior, 'ViewerProtocolPolicy'),
    allowedMethods: textsOf(methods),
    cachedMethods: textsOf(xmlChild(methods, 'CachedMethods')),
    compress: isTrue(behavior, 'Compress'),
    cachePolicyId: textAt(behavior, 'CachePolicyId') || ownPolicy,
    ...withoutEmpty(optional),
  };
}

function functionFor(behavior: XmlNode, event: string): string {
  const associations = itemsOf(xmlChild(behavior, 'FunctionAssociations'));
  const found = associations.find((association) => textAt(association, 'EventType') === event);
  return textAt(found, 'FunctionARN');
}

function toErrorResponse(response: XmlNode): EdgeErrorResponse {
  const code = integerAt(response, 'ResponseCode');
  return {
    errorCode: integerAt(response, 'ErrorCode') ?? 0,
    errorCachingMinTtlSeconds: integerAt(response, 'ErrorCachingMinTTL') ?? 10,
    ...withoutEmpty({ responsePagePath: textAt(response, 'ResponsePagePath') }),
    ...(code === undefined ? {} : { responseCode: code }),
  };
}

function withoutEmpty<K extends string>(texts: Readonly<Record<K, string>>): Partial<Record<K, string>> {
  const kept = Object.entries(texts).filter(([, text]) => text !== '');
  return Object.fromEntries(kept) as Partial<Record<K, string>>;
}
