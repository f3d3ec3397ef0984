import { type XmlTree, xmlChild } from '../../xml.ts';
import type { FunctionRecord } from '../state.ts';
import { itemsOf, textAt } from '../tree.ts';

/** Whether one of a function's stages is associated with this store. */
export function usesStore(record: FunctionRecord, arn: string): boolean {
  const stages = [record.development, ...(record.live === undefined ? [] : [record.live])];
  return stages.some((stage) => storesOf(stage.config).includes(arn));
}

/** ARNs of the stores that a function's config names. */
export function storesOf(config: XmlTree): readonly string[] {
  return itemsOf(xmlChild(config, 'KeyValueStoreAssociations')).map((item) => textAt(item, 'KeyValueStoreARN'));
}
