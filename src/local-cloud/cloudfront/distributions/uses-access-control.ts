import { type XmlTree, xmlChild } from '../../xml.ts';
import { itemsOf, textAt } from '../tree.ts';

/** Whether one of a distribution's origins bears this origin access control. */
export function usesAccessControl(config: XmlTree, id: string): boolean {
  return itemsOf(xmlChild(config, 'Origins')).some((origin) => textAt(origin, 'OriginAccessControlId') === id);
}
