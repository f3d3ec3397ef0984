import { type XmlNode, type XmlTree, xmlChild } from '../../xml.ts';
import { isTrue, itemsOf, listOf, textAt, treeOf } from '../tree.ts';

/**
 * A distribution's config as CloudFront keeps it and gives it back: members that were left out have their documented
 * defaults, empty lists lose their Items, members that are not known here stay as they came.
 */
export function fillDefaults(config: XmlTree): XmlTree {
  const filled = over(distributionDefaults, config);
  return treeOf(
    withoutEmptyItems({
      ...filled,
      Origins: listOf('Origin', itemsOf(xmlChild(filled, 'Origins')).map(fillOrigin)),
      DefaultCacheBehavior: fillBehavior(xmlChild(filled, 'DefaultCacheBehavior')),
      CacheBehaviors: listOf('CacheBehavior', itemsOf(xmlChild(filled, 'CacheBehaviors')).map(fillBehavior)),
      CustomErrorResponses: listOf(
        'CustomErrorResponse',
        itemsOf(xmlChild(filled, 'CustomErrorResponses')).map((item) => over(errorResponseDefaults, item)),
      ),
      ViewerCertificate: fillCertificate(xmlChild(filled, 'ViewerCertificate')),
    }),
  );
}

const none = { Quantity: '0' };
const disabledList = { Enabled: 'false', Quantity: '0' };

const distributionDefaults: XmlTree = {
  Aliases: none,
  DefaultRootObject: '',
  OriginGroups: none,
  CacheBehaviors: none,
  CustomErrorResponses: none,
  Logging: { Enabled: 'false', IncludeCookies: 'false', Bucket: '', Prefix: '' },
  PriceClass: 'PriceClass_All',
  ViewerCertificate: { CloudFrontDefaultCertificate: 'true' },
  Restrictions: { GeoRestriction: { RestrictionType: 'none', ...none } },
  WebACLId: '',
  // "The default value for new web distributions is http2." [dts HttpVersion]
  HttpVersion: 'http2',
  IsIPV6Enabled: 'false',
  ContinuousDeploymentPolicyId: '',
  Staging: 'false',
};

const originDefaults: XmlTree = {
  OriginPath: '',
  CustomHeaders: none,
  // Three attempts of ten seconds "if you don't specify otherwise" [dts Origin].
  ConnectionAttempts: '3',
  ConnectionTimeout: '10',
  OriginShield: { Enabled: 'false' },
  OriginAccessControlId: '',
};

// Read timeout 30 s and keep-alive 5 s by default [dts CustomOriginConfig].
const customOriginDefaults: XmlTree = {
  OriginSslProtocols: { Quantity: '3', Items: { SslProtocol: ['TLSv1', 'TLSv1.1', 'TLSv1.2'] } },
  OriginReadTimeout: '30',
  OriginKeepaliveTimeout: '5',
};

const twoMethods: XmlTree = { Quantity: '2', Items: { Method: ['HEAD', 'GET'] } };

const behaviorDefaults: XmlTree = {
  TrustedSigners: disabledList,
  TrustedKeyGroups: disabledList,
  AllowedMethods: twoMethods,
  SmoothStreaming: 'false',
  Compress: 'false',
  LambdaFunctionAssociations: none,
  FunctionAssociations: none,
  FieldLevelEncryptionId: '',
};

// One day and one year by default [dts DefaultTTL, MaxTTL].
const forwardedValuesDefaults: XmlTree = { DefaultTTL: '86400', MaxTTL: '31536000' };

// 10 seconds by default [cfg23 custom error pages, facts 1.2].
const errorResponseDefaults: XmlTree = { ResponsePagePath: '', ResponseCode: '', ErrorCachingMinTTL: '10' };

function fillOrigin(origin: XmlNode): XmlTree {
  const filled = over(originDefaults, origin);
  const custom = xmlChild(filled, 'CustomOriginConfig');
  return custom === undefined ? filled : { ...filled, CustomOriginConfig: over(customOriginDefaults, custom) };
}

function fillBehavior(behavior: XmlNode | undefined): XmlTree {
  const filled = over(behaviorDefaults, behavior);
  const withMethods = {
    ...filled,
    AllowedMethods: over({ CachedMethods: twoMethods }, xmlChild(filled, 'AllowedMethods')),
  };
  return xmlChild(filled, 'ForwardedValues') === undefined ? withMethods : over(forwardedValuesDefaults, withMethods);
}

/** The default certificate "automatically sets the security policy to TLSv1" [dts ViewerCertificate]. */
function fillCertificate(certificate: XmlNode | undefined): XmlTree {
  const given = treeOf(certificate);
  const acm = textAt(given, 'ACMCertificateArn');
  if (acm !== '')
    return { CloudFrontDefaultCertificate: 'false', ...given, Certificate: acm, CertificateSource: 'acm' };
  const iam = textAt(given, 'IAMCertificateId');
  if (iam !== '')
    return { CloudFrontDefaultCertificate: 'false', ...given, Certificate: iam, CertificateSource: 'iam' };
  if (!isTrue(given, 'CloudFrontDefaultCertificate')) return given;
  return { ...given, SSLSupportMethod: 'vip', MinimumProtocolVersion: 'TLSv1', CertificateSource: 'cloudfront' };
}

function withoutEmptyItems(node: XmlNode): XmlNode {
  if (typeof node === 'string') return node;
  const empty = node.Quantity === '0';
  const kept = Object.entries(node).filter(([name]) => !(empty && name === 'Items'));
  return Object.fromEntries(kept.map(([name, child]) => [name, mapNodes(child)]));
}

function mapNodes(child: XmlNode | readonly XmlNode[]): XmlNode | readonly XmlNode[] {
  return typeof child === 'object' && Array.isArray(child)
    ? child.map(withoutEmptyItems)
    : withoutEmptyItems(child as XmlNode);
}

function over(defaults: XmlTree, given: XmlNode | undefined): XmlTree {
  return { ...defaults, ...treeOf(given) };
}
