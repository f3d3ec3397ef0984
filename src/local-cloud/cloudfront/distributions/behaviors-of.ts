import { type XmlNode, type XmlTree, xmlChild } from '../../xml.ts';
import { itemsOf } from '../tree.ts';

/** Every behavior of a distribution in matching order, the default one last. */
export function behaviorsOf(config: XmlTree): readonly XmlNode[] {
  return [...itemsOf(xmlChild(config, 'CacheBehaviors')), xmlChild(config, 'DefaultCacheBehavior') ?? ''];
}
