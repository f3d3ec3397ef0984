import type { WireResponse } from '../../wire.ts';
import { answerXml, noContent } from '../answer.ts';
import { bodyOf, type Call, type Operations } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { textsOf } from '../tree.ts';
import { checkCount, readTags } from './read-tags.ts';

/** The operations of tags. */
export const tagOperations = {
  TagResource: tagResource,
  UntagResource: untagResource,
  ListTagsForResource: listTagsForResource,
} as const satisfies Operations;

/** TagResource: adds to the tags that are there, a key that is there gets the new value. */
function tagResource(call: Call): WireResponse {
  const arn = taggedArn(call);
  const added = readTags(bodyOf(call, 'Tags'));
  call.cloud.state.tags.set(arn, checkCount({ ...call.cloud.state.tags.get(arn), ...added }));
  call.cloud.changed();
  return noContent;
}

/** UntagResource: keys that are not there are no error. */
function untagResource(call: Call): WireResponse {
  const arn = taggedArn(call);
  const keys = textsOf(bodyOf(call, 'TagKeys'));
  const kept = Object.entries(call.cloud.state.tags.get(arn) ?? {}).filter(([key]) => !keys.includes(key));
  call.cloud.state.tags.set(arn, Object.fromEntries(kept));
  call.cloud.changed();
  return noContent;
}

/** ListTagsForResource. */
function listTagsForResource(call: Call): WireResponse {
  const tags = Object.entries(call.cloud.state.tags.get(taggedArn(call)) ?? {});
  const items = tags.map(([Key, Value]) => ({ Key, Value }));
  return answerXml({ root: 'Tags', tree: { Items: items.length === 0 ? '' : { Tag: items } } });
}

/** @throws ServiceFault InvalidArgument, AccessDenied for another account's ARN, NoSuchResource. */
function taggedArn(call: Call): string {
  const arn = call.request.query.get('Resource') ?? '';
  const account = /^arn:aws:cloudfront::(\d{12}):[a-z-]+\/.+$/.exec(arn)?.[1];
  if (account === undefined) throw cloudFrontFault('InvalidArgument', 'The parameter Resource is not a valid ARN.');
  if (account !== call.account) throw cloudFrontFault('AccessDenied');
  const { distributions, functions, stores } = call.cloud.state;
  const distribution = [...distributions.values()].some((found) => found.arn === arn);
  if (!distribution && !functions.has(arn) && !stores.has(arn)) throw cloudFrontFault('NoSuchResource');
  return arn;
}
