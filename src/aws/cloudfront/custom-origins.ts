import type {
  CacheBehavior,
  DefaultCacheBehavior,
  DistributionConfig,
  Method,
  Origin,
  OriginCustomHeader,
} from '@aws-sdk/client-cloudfront';
import type { Resolved } from '../../model/ref.ts';
import { originIdPrefix } from '../../plan/infrastructure/origin-constants.ts';

/** The origins and behaviours that cdnpub made, in the words of a plan; `hashSecret` tells what stands for a header's value. */
export function readOriginFields(
  config: DistributionConfig,
  hashSecret: (value: string) => string,
): { readonly Origins: string; readonly CacheBehaviors: string } {
  const origins = (config.Origins?.Items ?? []).filter(isOwnOrigin).map((origin) => originText(origin, hashSecret));
  const behaviors = (config.CacheBehaviors?.Items ?? []).filter(isOwnBehavior);
  return {
    Origins: origins.sort().join(', '),
    CacheBehaviors: behaviors.map((behavior) => behaviorText(behavior, config.DefaultCacheBehavior)).join(', '),
  };
}

export const isOwnOrigin = ({ Id }: Origin): boolean => Id?.startsWith(originIdPrefix) ?? false;

export const isOwnBehavior = ({ TargetOriginId }: CacheBehavior): boolean =>
  TargetOriginId?.startsWith(originIdPrefix) ?? false;

function originText(origin: Origin, hashSecret: (value: string) => string): string {
  const { Id, CustomOriginConfig: custom, CustomHeaders } = origin;
  const headers = (CustomHeaders?.Items ?? []).map(
    ({ HeaderName, HeaderValue }) => `${HeaderName?.toLowerCase()}=${hashSecret(HeaderValue ?? '')}`,
  );
  return [Id, urlOf(origin), `timeout=${custom?.OriginReadTimeout ?? ''}`, ...headers.sort()].join(' ');
}

function urlOf({ DomainName, OriginPath, CustomOriginConfig: custom }: Origin): string {
  const policy = custom?.OriginProtocolPolicy;
  const scheme = policy === 'https-only' ? 'https' : policy === 'http-only' ? 'http' : (policy ?? '');
  const port = scheme === 'https' ? custom?.HTTPSPort : custom?.HTTPPort;
  const isUsual = port === (scheme === 'https' ? 443 : 80);
  return `${scheme}://${DomainName}${isUsual ? '' : `:${port}`}${OriginPath ?? ''}`;
}

function behaviorText(behavior: CacheBehavior, site: DefaultCacheBehavior | undefined): string {
  const { PathPattern, TargetOriginId, AllowedMethods, CachePolicyId, OriginRequestPolicyId } = behavior;
  const methods = [...(AllowedMethods?.Items ?? [])].sort().join('+');
  const edge = site !== undefined && edgeText(behavior) === edgeText(site) ? 'site' : 'other';
  return `${PathPattern} ${TargetOriginId} methods=${methods} cache=${CachePolicyId ?? ''} forward=${OriginRequestPolicyId ?? ''} edge=${edge}`;
}

/** What a behaviour shares with that of the site. */
const edgeText = (behavior: DefaultCacheBehavior | CacheBehavior): string =>
  JSON.stringify([
    behavior.ViewerProtocolPolicy,
    behavior.Compress,
    behavior.ResponseHeadersPolicyId,
    (behavior.FunctionAssociations?.Items ?? [])
      .map(({ EventType, FunctionARN }) => `${EventType} ${FunctionARN}`)
      .sort(),
  ]);

/** The origins that the text tells of. A secret that this run does not know stays as it is. */
export function ownOrigins(config: DistributionConfig, text: string, resolved: Resolved): Origin[] {
  return entries(text).map(([Id = '', url = '', timeout = '', ...headers]) => {
    const there = config.Origins?.Items?.find((origin) => origin.Id === Id);
    return {
      ...there,
      ...newOrigin(Id, url, afterEquals(timeout)),
      CustomHeaders: customHeaders(headers, there, resolved),
    };
  });
}

function newOrigin(Id: string, url: string, timeout: string): Origin {
  const { protocol, hostname, port, pathname } = new URL(url);
  const secure = protocol === 'https:';
  return {
    Id,
    DomainName: hostname,
    OriginPath: pathname === '/' ? '' : pathname,
    ConnectionAttempts: 3,
    ConnectionTimeout: 10,
    OriginShield: { Enabled: false },
    CustomOriginConfig: {
      HTTPPort: !secure && port !== '' ? Number(port) : 80,
      HTTPSPort: secure && port !== '' ? Number(port) : 443,
      OriginProtocolPolicy: secure ? 'https-only' : 'http-only',
      OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2'] },
      OriginReadTimeout: Number(timeout),
      OriginKeepaliveTimeout: 5,
    },
  };
}

function customHeaders(texts: readonly string[], there: Origin | undefined, resolved: Resolved) {
  const known = new Map(
    (there?.CustomHeaders?.Items ?? []).map((item) => [item.HeaderName?.toLowerCase(), item.HeaderValue]),
  );
  const items = texts.map((text): OriginCustomHeader => {
    const name = text.slice(0, text.indexOf('='));
    const value = resolved[`secret.${afterEquals(text)}`] ?? known.get(name);
    if (value === undefined) throw new Error(`the secret of ${name} is used before it is known`);
    return { HeaderName: name, HeaderValue: value };
  });
  return { Quantity: items.length, Items: items };
}

/** The behaviours that the text tells of; what runs before their origins is what runs before the site. */
export function ownBehaviors(config: DistributionConfig, text: string, site: DefaultCacheBehavior): CacheBehavior[] {
  return entries(text).map(([PathPattern = '', TargetOriginId = '', methods = '', cache = '', forward = '']) => {
    const there = (config.CacheBehaviors?.Items ?? []).find((behavior) => behavior.PathPattern === PathPattern);
    const { OriginRequestPolicyId: _, ...rest } = there ?? {};
    const allowed = afterEquals(methods).split('+') as Method[];
    const policy = afterEquals(forward);
    return {
      ...rest,
      PathPattern,
      TargetOriginId,
      ViewerProtocolPolicy: site.ViewerProtocolPolicy,
      AllowedMethods: {
        Quantity: allowed.length,
        Items: allowed,
        CachedMethods: { Quantity: 2, Items: ['GET', 'HEAD'] },
      },
      SmoothStreaming: false,
      Compress: site.Compress,
      LambdaFunctionAssociations: { Quantity: 0, Items: [] },
      FieldLevelEncryptionId: '',
      CachePolicyId: afterEquals(cache),
      ...(policy === '' ? {} : { OriginRequestPolicyId: policy }),
      ResponseHeadersPolicyId: site.ResponseHeadersPolicyId,
      FunctionAssociations: site.FunctionAssociations,
    };
  });
}

const entries = (text: string): readonly (readonly string[])[] =>
  text === '' ? [] : text.split(', ').map((entry) => entry.split(' '));

const afterEquals = (text: string): string => text.slice(text.indexOf('=') + 1);
