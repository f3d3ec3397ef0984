import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { StoredHeaders } from '../../model/asset.ts';
import { tagsOf, withoutTags } from './cache-tags.ts';

/** The names that S3 stores as system metadata, and how the SDK spells them. */
const system = {
  'content-type': 'ContentType',
  'cache-control': 'CacheControl',
  'content-encoding': 'ContentEncoding',
  'content-disposition': 'ContentDisposition',
  'content-language': 'ContentLanguage',
  'x-amz-website-redirect-location': 'WebsiteRedirectLocation',
} as const;

type SystemField = (typeof system)[keyof typeof system];

export interface StoredFields extends Partial<Record<SystemField, string>> {
  Expires?: Date;
  Metadata?: Record<string, string>;
}

const metadataPrefix = 'x-amz-meta-';

/** Our headers as the SDK's fields, for a PUT or a copy. */
export function toFields(headers: StoredHeaders): StoredFields {
  const fields: StoredFields = {};
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(metadataPrefix)) metadata[name.slice(metadataPrefix.length)] = value;
    else if (name === 'expires') fields.Expires = new Date(value);
    else if (name in system) fields[system[name as keyof typeof system]] = value;
    else throw new Error(`${name} cannot be stored with an object`);
  }
  return Object.keys(metadata).length === 0 ? fields : { ...fields, Metadata: metadata };
}

/** The headers that an object carries, from a HEAD's answer, cache tags left out. */
export const fromFields = (answer: HeadObjectCommandOutput): StoredHeaders => withoutTags(allHeaders(answer));

/** The cache tags that an object carries. */
export const tagsFrom = (answer: HeadObjectCommandOutput): readonly string[] => tagsOf(allHeaders(answer));

function allHeaders(answer: HeadObjectCommandOutput): StoredHeaders {
  const headers: Record<string, string> = {};
  for (const [name, field] of Object.entries(system)) {
    const value = answer[field];
    if (value !== undefined) headers[name] = value;
  }
  if (answer.ExpiresString !== undefined) headers.expires = answer.ExpiresString;
  for (const [name, value] of Object.entries(answer.Metadata ?? {})) headers[metadataPrefix + name] = value;
  return headers;
}
