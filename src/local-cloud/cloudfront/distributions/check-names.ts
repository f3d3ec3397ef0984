import { type XmlNode, type XmlTree, xmlChild } from '../../xml.ts';
import type { Call } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { isTrue, textAt, textsOf } from '../tree.ts';

/**
 * The rules of Aliases and of the certificate that they need. That the certificate exists and covers the names cannot
 * be checked here: the local cloud has no ACM.
 */
export function checkNames(call: Call, config: XmlTree, own: string | undefined): void {
  const certificate = xmlChild(config, 'ViewerCertificate');
  checkCertificate(certificate);
  const aliases = textsOf(xmlChild(config, 'Aliases')).map((alias) => alias.toLowerCase());
  // 100 alternate domain names per distribution [doc cloudfront-limits].
  if (aliases.length > 100) throw cloudFrontFault('TooManyDistributionCNAMEs');
  if (aliases.some((alias) => !hostName.test(alias))) {
    throw cloudFrontFault('InvalidArgument', 'The parameter CNAME contains one or more parameters that are not valid.');
  }
  if (new Set(aliases).size < aliases.length) throw cloudFrontFault('CNAMEAlreadyExists');
  if (aliases.length > 0 && isTrue(certificate, 'CloudFrontDefaultCertificate')) {
    throw cloudFrontFault('InvalidViewerCertificate', aliasNeedsCertificate);
  }
  for (const other of call.cloud.state.distributions.values()) {
    const taken = textsOf(xmlChild(other.config, 'Aliases')).some((alias) => aliases.includes(alias.toLowerCase()));
    if (taken && other.id !== own) throw cloudFrontFault('CNAMEAlreadyExists');
  }
}

const hostName = /^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

const aliasNeedsCertificate =
  'To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.';

const notUsable =
  "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";

const protocols = [
  'SSLv3',
  'TLSv1',
  'TLSv1_2016',
  'TLSv1.1_2016',
  'TLSv1.2_2018',
  'TLSv1.2_2019',
  'TLSv1.2_2021',
  'TLSv1.2_2025',
  'TLSv1.3_2025',
];

function checkCertificate(certificate: XmlNode | undefined): void {
  const byDefault = isTrue(certificate, 'CloudFrontDefaultCertificate');
  const acm = textAt(certificate, 'ACMCertificateArn');
  const iam = textAt(certificate, 'IAMCertificateId');
  // "Specify a value for one, not both" [dts ViewerCertificate].
  if ([byDefault, acm !== '', iam !== ''].filter(Boolean).length !== 1) {
    throw cloudFrontFault('InvalidViewerCertificate', 'Exactly one source of the certificate must be specified.');
  }
  if (byDefault) return;
  // "CloudFront only supports ACM certificates in the US East (N. Virginia) Region" [dts ACMCertificateArn].
  if (acm !== '' && !/^arn:aws:acm:us-east-1:\d{12}:certificate\/.+$/.test(acm)) {
    throw cloudFrontFault('InvalidViewerCertificate', notUsable);
  }
  // "You must also specify values for MinimumProtocolVersion and SSLSupportMethod" [dts ViewerCertificate].
  if (textAt(certificate, 'SSLSupportMethod') === '') {
    throw cloudFrontFault('InvalidViewerCertificate', 'The parameter SSLSupportMethod is required.');
  }
  const minimum = textAt(certificate, 'MinimumProtocolVersion');
  if (!protocols.includes(minimum)) throw cloudFrontFault('InvalidMinimumProtocolVersion');
  // "When you're using SNI only, you must specify TLSv1 or higher." [dts MinimumProtocolVersion]
  if (minimum === 'SSLv3' && textAt(certificate, 'SSLSupportMethod') === 'sni-only') {
    throw cloudFrontFault('InvalidMinimumProtocolVersion');
  }
}
