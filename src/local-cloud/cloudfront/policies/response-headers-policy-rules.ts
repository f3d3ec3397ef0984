import { type XmlTree, xmlChild } from '../../xml.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { itemsOf, textAt } from '../tree.ts';

/** At most 10 custom headers [facts 1.3]; a header's name is a token and stands once. */
export function checkResponseHeadersPolicy(config: XmlTree): void {
  const custom = itemsOf(xmlChild(config, 'CustomHeadersConfig')).map((item) => textAt(item, 'Header'));
  if (custom.length > 10) throw cloudFrontFault('TooManyCustomHeadersInResponseHeadersPolicy');
  const removed = itemsOf(xmlChild(config, 'RemoveHeadersConfig')).map((item) => textAt(item, 'Header'));
  for (const names of [custom, removed]) checkNames(names.map((name) => name.toLowerCase()));
}

function checkNames(names: readonly string[]): void {
  const wrong = names.find((name) => !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name));
  if (wrong !== undefined || new Set(names).size < names.length) {
    throw cloudFrontFault('InvalidArgument', 'The parameter Header contains values that are not valid.');
  }
}
