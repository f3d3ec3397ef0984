import type {
  CustomErrorResponse,
  DefaultCacheBehavior,
  DistributionConfig,
  FunctionAssociation,
  Method,
  Origin,
} from '@aws-sdk/client-cloudfront';
import type { DistributionField, DistributionFields } from '../../model/infrastructure.ts';
import type { Resolved } from '../../model/ref.ts';
import { isOwnBehavior, isOwnOrigin, ownBehaviors, ownOrigins, readOriginFields } from './custom-origins.ts';

/** Id of the origin that is the site's bucket. */
const originId = 'site';

type Texts = Readonly<Record<DistributionField, string>>;

/** The fields that cdnpub owns, as the distribution says them now; `hashSecret` tells what stands for a secret in them. */
export function readFields(config: DistributionConfig, hashSecret: (value: string) => string): DistributionFields {
  const origin = siteOrigin(config);
  const behavior = config.DefaultCacheBehavior;
  return {
    DefaultRootObject: config.DefaultRootObject ?? '',
    'Origin.DomainName': origin?.DomainName ?? '',
    'Origin.OriginPath': origin?.OriginPath ?? '',
    'Origin.OriginAccessControlId': origin?.OriginAccessControlId ?? '',
    'DefaultCacheBehavior.ViewerProtocolPolicy': behavior?.ViewerProtocolPolicy ?? '',
    'DefaultCacheBehavior.AllowedMethods': [...(behavior?.AllowedMethods?.Items ?? [])].sort().join(),
    'DefaultCacheBehavior.Compress': String(behavior?.Compress ?? false),
    'DefaultCacheBehavior.CachePolicyId': behavior?.CachePolicyId ?? '',
    'DefaultCacheBehavior.ResponseHeadersPolicyId': behavior?.ResponseHeadersPolicyId ?? '',
    'DefaultCacheBehavior.ViewerRequestFunction': functionAt(config, 'viewer-request'),
    'DefaultCacheBehavior.ViewerResponseFunction': functionAt(config, 'viewer-response'),
    CustomErrorResponses: (config.CustomErrorResponses?.Items ?? []).map(errorText).sort().join(),
    CacheTagConfig: config.CacheTagConfig?.HeaderName ?? '',
    HttpVersion: config.HttpVersion ?? '',
    IPV6Enabled: String(config.IsIPV6Enabled ?? false),
    ...readOriginFields(config, hashSecret),
  };
}

/** The distribution's config with our fields as they should be, and everything else as it was. */
export function withFields(config: DistributionConfig, fields: Texts, resolved: Resolved): DistributionConfig {
  const origin = siteOrigin(config);
  const others = (config.Origins?.Items ?? []).filter((candidate) => candidate !== origin && !isOwnOrigin(candidate));
  const origins = [newOrigin(origin, fields), ...others, ...ownOrigins(config, fields.Origins, resolved)];
  const site = newBehavior(config, fields);
  // Somebody else's come first, as they did before.
  const behaviors = [
    ...(config.CacheBehaviors?.Items ?? []).filter((behavior) => !isOwnBehavior(behavior)),
    ...ownBehaviors(config, fields.CacheBehaviors, site),
  ];
  const errors = fields.CustomErrorResponses.split(',').map(parseError);
  return {
    ...config,
    DefaultRootObject: fields.DefaultRootObject,
    Origins: { Quantity: origins.length, Items: origins },
    DefaultCacheBehavior: site,
    CacheBehaviors: { Quantity: behaviors.length, Items: behaviors },
    CustomErrorResponses: { Quantity: errors.length, Items: errors },
    CacheTagConfig: { HeaderName: fields.CacheTagConfig },
    HttpVersion: fields.HttpVersion as NonNullable<DistributionConfig['HttpVersion']>,
    IsIPV6Enabled: fields.IPV6Enabled === 'true',
  };
}

/** The origin that the default behaviour uses, which is the site's bucket. */
const siteOrigin = (config: DistributionConfig): Origin | undefined =>
  config.Origins?.Items?.find(({ Id }) => Id === config.DefaultCacheBehavior?.TargetOriginId);

function newOrigin(origin: Origin | undefined, fields: Texts): Origin {
  return {
    ...origin,
    Id: origin?.Id ?? originId,
    DomainName: fields['Origin.DomainName'],
    OriginPath: fields['Origin.OriginPath'],
    OriginAccessControlId: fields['Origin.OriginAccessControlId'],
    // Must be there, and empty, beside an origin access control.
    S3OriginConfig: { ...origin?.S3OriginConfig, OriginAccessIdentity: '' },
  };
}

function newBehavior(config: DistributionConfig, fields: Texts): DefaultCacheBehavior {
  const behavior = config.DefaultCacheBehavior;
  const methods = fields['DefaultCacheBehavior.AllowedMethods'].split(',') as Method[];
  const associations = functionAssociations(fields);
  return {
    ...behavior,
    TargetOriginId: siteOrigin(config)?.Id ?? originId,
    ViewerProtocolPolicy: fields['DefaultCacheBehavior.ViewerProtocolPolicy'] as 'redirect-to-https',
    AllowedMethods: {
      Quantity: methods.length,
      Items: methods,
      CachedMethods: { Quantity: 2, Items: ['GET', 'HEAD'] },
    },
    Compress: fields['DefaultCacheBehavior.Compress'] === 'true',
    CachePolicyId: fields['DefaultCacheBehavior.CachePolicyId'],
    ResponseHeadersPolicyId: fields['DefaultCacheBehavior.ResponseHeadersPolicyId'],
    FunctionAssociations: { Quantity: associations.length, Items: associations },
  };
}

const functionAt = (config: DistributionConfig, event: FunctionAssociation['EventType']): string =>
  config.DefaultCacheBehavior?.FunctionAssociations?.Items?.find(({ EventType }) => EventType === event)?.FunctionARN ??
  '';

/** CloudFront Functions answer these two events only, one function each. */
function functionAssociations(fields: Texts): FunctionAssociation[] {
  const associations: FunctionAssociation[] = [
    { EventType: 'viewer-request', FunctionARN: fields['DefaultCacheBehavior.ViewerRequestFunction'] },
    { EventType: 'viewer-response', FunctionARN: fields['DefaultCacheBehavior.ViewerResponseFunction'] },
  ];
  return associations.filter(({ FunctionARN }) => FunctionARN !== '');
}

/** `code:page:answered code:seconds`. */
const errorText = (error: CustomErrorResponse): string =>
  [error.ErrorCode, error.ResponsePagePath ?? '', error.ResponseCode ?? '', error.ErrorCachingMinTTL ?? ''].join(':');

function parseError(text: string): CustomErrorResponse {
  const [code, page, responseCode, seconds] = text.split(':');
  return {
    ErrorCode: Number(code),
    ...(page ? { ResponsePagePath: page, ResponseCode: responseCode ?? '' } : {}),
    ErrorCachingMinTTL: Number(seconds),
  };
}

/** The config of a new distribution, without the fields that cdnpub owns. */
export const newConfig = (callerReference: string, comment: string): DistributionConfig => ({
  CallerReference: callerReference,
  Comment: comment,
  Enabled: true,
  PriceClass: 'PriceClass_All',
  Origins: { Quantity: 0, Items: [] },
  DefaultCacheBehavior: { TargetOriginId: originId, ViewerProtocolPolicy: 'redirect-to-https' },
});
