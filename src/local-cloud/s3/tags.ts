import { ServiceFault } from '../service-fault.ts';
import { type XmlInput, type XmlNode, xmlList, xmlText } from '../xml.ts';
import type { Tags } from './model.ts';

/** Tags as the header `x-amz-tagging` has them: `a=1&b=2`, form-encoded; at most ten on an object. */
export function parseTagHeader(header: string | undefined): Tags {
  if (header === undefined) return [];
  return checkTags(
    [...new URLSearchParams(header)].map(([key, value]) => ({ key, value })),
    10,
  );
}

/** Tags under `node` (`<Tag><Key/><Value/></Tag>…`), at most `limit`. */
export function parseTagSet(node: XmlNode | undefined, limit: number): Tags {
  const tags = xmlList(node, 'Tag').map((tag) => ({
    key: xmlText(tag, 'Key') ?? '',
    value: xmlText(tag, 'Value') ?? '',
  }));
  return checkTags(tags, limit);
}

/** `{ Tag: [...] }` for a body. */
export function tagSetXml(tags: Tags): XmlInput {
  return { Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) };
}

/** AWS: keys of 1 to 128 and values of up to 256 characters out of letters, spaces, digits and `_.:/=+-@`. */
function checkTags(tags: Tags, limit: number): Tags {
  const invalid = (message: string) => new ServiceFault(400, 'InvalidTag', message);
  if (tags.length > limit) throw new ServiceFault(400, 'BadRequest', `Object tags cannot be greater than ${limit}`);
  if (new Set(tags.map((tag) => tag.key)).size !== tags.length) {
    throw invalid('Cannot provide multiple Tags with the same key');
  }
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  for (const { key, value } of tags) {
    if (key.length < 1 || key.length > 128 || !allowed.test(key))
      throw invalid('The TagKey you have provided is invalid');
    if (value.length > 256 || !allowed.test(value)) throw invalid('The TagValue you have provided is invalid');
    if (/^aws:/i.test(key)) throw invalid('System tags cannot be added/updated by requester');
  }
  return tags;
}
