import type { EdgeResponseHeadersPolicy } from '../../edge-view.ts';
import { type XmlNode, xmlChild } from '../../xml.ts';
import { isTrue, textAt } from '../tree.ts';

type HeaderLine = EdgeResponseHeadersPolicy['set'][number];

/** The header lines of a SecurityHeadersConfig [cfg23 understanding-response-headers-policies]. */
export function securityHeaders(config: XmlNode | undefined): readonly HeaderLine[] {
  return headers.flatMap(([element, name, write]) => {
    const node = xmlChild(config, element);
    return node === undefined ? [] : [{ name, value: write(node), override: isTrue(node, 'Override') }];
  });
}

const headers: readonly (readonly [string, string, (node: XmlNode) => string])[] = [
  ['StrictTransportSecurity', 'Strict-Transport-Security', writeHsts],
  ['ContentSecurityPolicy', 'Content-Security-Policy', (node) => textAt(node, 'ContentSecurityPolicy')],
  ['ContentTypeOptions', 'X-Content-Type-Options', () => 'nosniff'],
  ['FrameOptions', 'X-Frame-Options', (node) => textAt(node, 'FrameOption')],
  ['ReferrerPolicy', 'Referrer-Policy', (node) => textAt(node, 'ReferrerPolicy')],
  ['XSSProtection', 'X-XSS-Protection', writeXss],
];

function writeHsts(node: XmlNode): string {
  const parts = [`max-age=${textAt(node, 'AccessControlMaxAgeSec')}`];
  if (isTrue(node, 'IncludeSubdomains')) parts.push('includeSubDomains');
  if (isTrue(node, 'Preload')) parts.push('preload');
  return parts.join('; ');
}

function writeXss(node: XmlNode): string {
  if (!isTrue(node, 'Protection')) return '0';
  const parts = ['1'];
  if (isTrue(node, 'ModeBlock')) parts.push('mode=block');
  const report = textAt(node, 'ReportUri');
  if (report !== '') parts.push(`report=${report}`);
  return parts.join('; ');
}
