import { type XmlNode, type XmlTree, xmlChild } from '../../xml.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { itemsOf } from '../tree.ts';

/**
 * "When you update a distribution […] there are more required fields than when you create" one
 * [doc distribution-overview-required-fields]; CloudFront answers IllegalUpdate "OriginReadTimeout is required for
 * updates." So a client must start from the config that it read.
 */
export function requireForUpdate(config: XmlTree): void {
  requireAll(config, distributionMembers);
  for (const origin of itemsOf(xmlChild(config, 'Origins'))) {
    requireAll(origin, originMembers);
    const custom = xmlChild(origin, 'CustomOriginConfig');
    if (custom !== undefined) requireAll(custom, customOriginMembers);
  }
  const behaviors = itemsOf(xmlChild(config, 'CacheBehaviors'));
  for (const behavior of [xmlChild(config, 'DefaultCacheBehavior'), ...behaviors])
    requireAll(behavior, behaviorMembers);
}

const distributionMembers = [
  'Aliases',
  'DefaultRootObject',
  'CacheBehaviors',
  'CustomErrorResponses',
  'Logging',
  'PriceClass',
  'ViewerCertificate',
  'Restrictions',
  'WebACLId',
  'HttpVersion',
];
const originMembers = ['OriginPath', 'CustomHeaders'];
const customOriginMembers = ['OriginSslProtocols', 'OriginReadTimeout', 'OriginKeepaliveTimeout'];
const behaviorMembers = [
  'AllowedMethods',
  'SmoothStreaming',
  'Compress',
  'LambdaFunctionAssociations',
  'FieldLevelEncryptionId',
];

function requireAll(node: XmlNode | undefined, members: readonly string[]): void {
  const missing = members.find((member) => xmlChild(node, member) === undefined);
  if (missing !== undefined) throw cloudFrontFault('IllegalUpdate', `${missing} is required for updates.`);
}
