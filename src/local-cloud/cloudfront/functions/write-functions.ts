import type { WireResponse } from '../../wire.ts';
import { xmlChild, xmlText } from '../../xml.ts';
import { answerXml, noContent } from '../answer.ts';
import { arnOf } from '../arn.ts';
import { bodyOf, type Call, type Operations, requireMatch } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { usesFunction } from '../distributions/uses-function.ts';
import type { FunctionRecord, LiveStage } from '../state.ts';
import { readTags } from '../tags/read-tags.ts';
import { findFunction } from './find-function.ts';
import { readFunction } from './read-function.ts';
import { writeFunction } from './write-function.ts';

/** The operations that alter functions. */
export const functionWrites = {
  CreateFunction: createFunction,
  UpdateFunction: updateFunction,
  PublishFunction: publishFunction,
  DeleteFunction: deleteFunction,
} as const satisfies Operations;

/** CreateFunction: 201, in the DEVELOPMENT stage only. */
function createFunction(call: Call): WireResponse {
  const body = bodyOf(call, 'CreateFunctionRequest');
  const name = xmlText(body, 'Name') ?? '';
  if (!namePattern.test(name)) throw cloudFrontFault('InvalidArgument', 'The parameter Name is not valid.');
  const read = readFunction(call, body, 'CreateFunctionRequest');
  const { state, clock, ids } = call.cloud;
  const arn = arnOf(call.account, 'function', name);
  if (state.functions.has(arn)) throw cloudFrontFault('FunctionAlreadyExists');
  const owned = [...state.functions.values()].filter((record) => record.account === call.account);
  // 100 functions per account [doc cloudfront-limits].
  if (owned.length >= 100) throw cloudFrontFault('TooManyFunctions');
  const tags = xmlChild(body, 'Tags');
  if (tags !== undefined) state.tags.set(arn, readTags(tags));
  const createdAt = clock.now();
  const development = { ...read, etag: ids.resource(), modifiedAt: createdAt, published: false };
  const record = { name, account: call.account, arn, createdAt, development };
  return keep(call, record, { status: 201, location: `function/${name}` });
}

/** UpdateFunction: the DEVELOPMENT stage; the service spells its ETag header `ETtag`. */
function updateFunction(call: Call): WireResponse {
  const found = findFunction(call);
  const read = readFunction(call, bodyOf(call, 'UpdateFunctionRequest'), 'UpdateFunctionRequest');
  requireMatch(call, found.development.etag);
  const { clock, ids } = call.cloud;
  const development = { ...read, etag: ids.resource(), modifiedAt: clock.now(), published: false };
  const answer = keep(call, { ...found, development });
  return { ...answer, headers: { ...answer.headers, ettag: development.etag } };
}

/** PublishFunction: copies DEVELOPMENT to LIVE; "automatically updates all cache behaviors that are using this function". */
function publishFunction(call: Call): WireResponse {
  const found = findFunction(call);
  requireMatch(call, found.development.etag);
  const { clock, ids, delays, state } = call.cloud;
  const now = clock.now();
  const live: LiveStage = {
    ...found.development,
    etag: ids.resource(),
    modifiedAt: now,
    published: true,
    version: (found.live?.version ?? 0) + 1,
    deployedAt: now + delays.deployMs,
  };
  const published = { ...found, development: { ...found.development, published: true }, live };
  state.functions.set(found.arn, published);
  call.cloud.changed();
  return answerXml({ root: 'FunctionSummary', tree: writeFunction(call.cloud, published, 'LIVE') });
}

/** DeleteFunction: both stages, and not while a behavior runs it (FunctionInUse 409). */
function deleteFunction(call: Call): WireResponse {
  const found = findFunction(call);
  requireMatch(call, found.development.etag);
  const { state } = call.cloud;
  const used = [...state.distributions.values()].some((distribution) => usesFunction(distribution.config, found.arn));
  if (used) throw cloudFrontFault('FunctionInUse');
  state.functions.delete(found.arn);
  state.tags.delete(found.arn);
  call.cloud.changed();
  return noContent;
}

/** [model FunctionName] */
const namePattern = /^[a-zA-Z0-9_-]{1,64}$/;

function keep(
  call: Call,
  record: FunctionRecord,
  created: { readonly status?: number; readonly location?: string } = {},
): WireResponse {
  call.cloud.state.functions.set(record.arn, record);
  call.cloud.changed();
  const tree = writeFunction(call.cloud, record, 'DEVELOPMENT');
  return answerXml({ root: 'FunctionSummary', tree, etag: record.development.etag, ...created });
}
