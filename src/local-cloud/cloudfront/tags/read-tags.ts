import { type XmlNode, xmlText } from '../../xml.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { itemsOf } from '../tree.ts';

/**
 * A Tags element: keys of 1 to 128 and values of up to 256 characters of `\p{L}\p{Z}\p{N}_.:/=+-@`, no `aws:` keys
 * [model TagKey, TagValue].
 * @throws ServiceFault InvalidTagging.
 */
export function readTags(tags: XmlNode | undefined): Readonly<Record<string, string>> {
  const read: Record<string, string> = Object.create(null);
  for (const tag of itemsOf(tags)) {
    const key = xmlText(tag, 'Key') ?? '';
    const value = xmlText(tag, 'Value') ?? '';
    if (key === '' || key.length > 128 || value.length > 256 || !allowed.test(key + value) || /^aws:/i.test(key)) {
      throw cloudFrontFault('InvalidTagging');
    }
    read[key] = value;
  }
  return checkCount(read);
}

/** At most 50 tags for each resource [facts 1.1]. */
export function checkCount(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(tags).length > 50) throw cloudFrontFault('InvalidTagging');
  return tags;
}

const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
