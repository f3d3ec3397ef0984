import { type XmlNode, type XmlTree, xmlChild } from '../../xml.ts';
import type { Call } from '../call.ts';
import { type CloudFrontFaultCode, cloudFrontFault } from '../cloudfront-fault.ts';
import { integerAt, itemsOf, textAt } from '../tree.ts';
import { usesAccessControl } from './uses-access-control.ts';

/** The rules of Origins and OriginGroups. */
export function checkOrigins(call: Call, config: XmlTree, own: string | undefined): void {
  const origins = itemsOf(xmlChild(config, 'Origins'));
  // "Origins: Items, minimum 1" [model]; 25 origins and 10 origin groups per distribution [doc cloudfront-limits].
  if (origins.length === 0) throw cloudFrontFault('InvalidArgument', 'The parameter Origins is required.');
  if (origins.length > 25) throw cloudFrontFault('TooManyOrigins');
  const groups = itemsOf(xmlChild(config, 'OriginGroups'));
  if (groups.length > 10) throw cloudFrontFault('TooManyOriginGroupsPerDistribution');
  // "This value must be unique within the distribution." [dts Origin.Id]
  const ids = [...origins, ...groups].map((origin) => textAt(origin, 'Id'));
  if (new Set(ids).size < ids.length) throw cloudFrontFault('InvalidArgument', 'Two origins have the same Id.');
  for (const origin of origins) checkOrigin(call, origin, own);
  for (const group of groups) checkGroup(group, origins);
}

function checkOrigin(call: Call, origin: XmlNode, own: string | undefined): void {
  checkKind(origin);
  checkPath(textAt(origin, 'OriginPath'));
  checkTimeouts(origin);
  checkAccessControl(call, origin, own);
}

function checkKind(origin: XmlNode): void {
  const kinds = ['S3OriginConfig', 'CustomOriginConfig', 'VpcOriginConfig'].filter(
    (kind) => xmlChild(origin, kind) !== undefined,
  );
  if (kinds.length === 0) throw cloudFrontFault('InvalidOrigin');
  if (kinds.length > 1) {
    const sentence = 'You must specify either a CustomOrigin or an S3Origin. You cannot specify both.';
    throw cloudFrontFault('InvalidOrigin', sentence);
  }
  const domain = textAt(origin, 'DomainName');
  if (kinds[0] === 'S3OriginConfig' && !s3Domain.test(domain)) {
    const sentence = 'The parameter Origin DomainName does not refer to a valid S3 bucket.';
    throw cloudFrontFault('InvalidArgument', sentence);
  }
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/i.test(domain)) {
    throw cloudFrontFault('InvalidArgument', 'The parameter origin name must be a domain name.');
  }
}

/** A bucket's REST end point; website end points are custom origins [dts S3OriginConfig]. */
const s3Domain = /^[a-z0-9][a-z0-9.-]*\.s3([.-](?!website)[a-z0-9-]+)?\.amazonaws\.com(\.cn)?$/;

/** Begins with a slash, does not end with one [dts OriginPath, facts 1.1]. */
function checkPath(path: string): void {
  if (path === '') return;
  if (!path.startsWith('/'))
    throw cloudFrontFault('InvalidArgument', 'The parameter OriginPath must begin with a slash.');
  if (path.endsWith('/'))
    throw cloudFrontFault('InvalidArgument', 'The parameter OriginPath must not end with a slash.');
}

/** Ports 80, 443 and 1024 to 65535 [cfg23 origin settings]; timeouts 1 to 120 seconds [facts 1.1]. */
function checkTimeouts(origin: XmlNode): void {
  const custom = xmlChild(origin, 'CustomOriginConfig');
  if (custom === undefined) return;
  for (const name of ['HTTPPort', 'HTTPSPort']) {
    const port = integerAt(custom, name) ?? 0;
    if (port !== 80 && port !== 443 && port < 1024)
      throw cloudFrontFault('InvalidArgument', `The parameter ${name} is not valid.`);
  }
  checkSeconds(custom, 'OriginReadTimeout', 'InvalidOriginReadTimeout');
  checkSeconds(custom, 'OriginKeepaliveTimeout', 'InvalidOriginKeepaliveTimeout');
}

function checkSeconds(custom: XmlNode, name: string, code: CloudFrontFaultCode): void {
  const seconds = integerAt(custom, name);
  if (seconds === undefined || seconds < 1 || seconds > 120) throw cloudFrontFault(code);
}

function checkAccessControl(call: Call, origin: XmlNode, own: string | undefined): void {
  const id = textAt(origin, 'OriginAccessControlId');
  if (id === '') return;
  const control = call.cloud.state.originAccessControls.get(id);
  if (control?.account !== call.account) throw cloudFrontFault('InvalidOriginAccessControl');
  // "S3OriginConfig must be present and its OriginAccessIdentity empty with OAC" [facts 1.1].
  if (textAt(origin, 'S3OriginConfig', 'OriginAccessIdentity') !== '') {
    throw cloudFrontFault('IllegalOriginAccessConfiguration');
  }
  const forS3 = textAt(control.config, 'OriginAccessControlOriginType') === 's3';
  if (forS3 !== (xmlChild(origin, 'S3OriginConfig') !== undefined)) {
    throw cloudFrontFault('InvalidDomainNameForOriginAccessControl');
  }
  // At most 100 distributions for each origin access control [doc cloudfront-limits].
  const others = [...call.cloud.state.distributions.values()].filter(
    (other) => other.id !== own && usesAccessControl(other.config, id),
  );
  if (others.length >= 100) throw cloudFrontFault('TooManyDistributionsAssociatedToOriginAccessControl');
}

function checkGroup(group: XmlNode, origins: readonly XmlNode[]): void {
  for (const member of itemsOf(xmlChild(group, 'Members'))) {
    const known = origins.some((origin) => textAt(origin, 'Id') === textAt(member, 'OriginId'));
    if (!known) throw cloudFrontFault('NoSuchOrigin');
  }
}
