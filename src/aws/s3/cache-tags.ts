import type { StoredHeaders } from '../../model/asset.ts';

/** S3 keeps the tags of an object as user metadata, and CloudFront reads them there. */
const name = 'x-amz-meta-cache-tag';

/** The headers of an object with our tags behind those that its owner gave it. */
export function withTags(headers: StoredHeaders, tags: readonly string[] | undefined): StoredHeaders {
  if (tags === undefined || tags.length === 0) return headers;
  const own = headers[name];
  return { ...headers, [name]: [...(own === undefined ? [] : [own]), ...tags].join() };
}

/** Our tags among the headers of an object. */
export const tagsOf = ({ [name]: stored }: StoredHeaders): readonly string[] => stored?.split(',').filter(isOurs) ?? [];

/** The headers without our tags, which follow from the key: that an object lacks them makes it no other object. */
export function withoutTags(headers: StoredHeaders): StoredHeaders {
  const { [name]: stored, ...others } = headers;
  const own = stored?.split(',').filter((tag) => !isOurs(tag)) ?? [];
  return own.length === 0 ? others : { ...others, [name]: own.join() };
}

/** `k:/blog/a.html`, `d:/blog/`, `c:page`. */
const isOurs = (tag: string): boolean => /^(?:[kd]:\/|c:[a-z]+$)/.test(tag);
