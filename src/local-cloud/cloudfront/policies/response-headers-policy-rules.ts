import { type XmlTree, xmlChild } from '../../xml.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { itemsOf, textAt } from '../tree.ts';

/**
 * At most 10 custom headers [facts 1.3]; a header's name is a token and stands once. What has a part of the policy of its
 * own is refused there: "The parameter CustomHeaders contains Content-Security-Policy that is a security header and
 * cannot be set as custom header."
 */
export function checkResponseHeadersPolicy(config: XmlTree): void {
  const custom = itemsOf(xmlChild(config, 'CustomHeadersConfig')).map((item) => textAt(item, 'Header'));
  if (custom.length > 10) throw cloudFrontFault('TooManyCustomHeadersInResponseHeadersPolicy');
  const removed = itemsOf(xmlChild(config, 'RemoveHeadersConfig')).map((item) => textAt(item, 'Header'));
  const own = custom.flatMap((name) => ownPart(name) ?? [])[0];
  if (own !== undefined) {
    throw cloudFrontFault(
      'InvalidArgument',
      `The parameter CustomHeaders contains ${own} and cannot be set as custom header.`,
    );
  }
  for (const names of [custom, removed]) checkNames(names.map((name) => name.toLowerCase()));
}

function ownPart(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (securityHeaders.has(lower)) return `${name} that is a security header`;
  return lower.startsWith('access-control-') ? `${name} that is a CORS header` : undefined;
}

const securityHeaders = new Set([
  ...['strict-transport-security', 'content-security-policy', 'x-content-type-options', 'x-frame-options'],
  ...['referrer-policy', 'x-xss-protection'],
]);

function checkNames(names: readonly string[]): void {
  const wrong = names.find((name) => !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name));
  if (wrong !== undefined || new Set(names).size < names.length) {
    throw cloudFrontFault('InvalidArgument', 'The parameter Header contains values that are not valid.');
  }
}
