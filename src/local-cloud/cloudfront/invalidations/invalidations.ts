import type { WireResponse } from '../../wire.ts';
import { type XmlTree, xmlChild } from '../../xml.ts';
import { answerXml, isoTime } from '../answer.ts';
import { bodyOf, type Call, type Operations } from '../call.ts';
import { checkShape, type Shape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { findDistribution } from '../distributions/find-distribution.ts';
import { pageOf, pageWithMarker } from '../page.ts';
import type { Invalidation } from '../state.ts';
import { listOf, textAt, textsOf } from '../tree.ts';
import { checkItems, isWildcard } from './check-items.ts';

/** The operations of invalidations. */
export const invalidationOperations = {
  CreateInvalidation: createInvalidation,
  GetInvalidation: getInvalidation,
  ListInvalidations: listInvalidations,
} as const satisfies Operations;

/** CreateInvalidation: 201; a batch that was sent before under the same CallerReference is the earlier one. */
function createInvalidation(call: Call): WireResponse {
  const distribution = findDistribution(call, call.params.DistributionId);
  const body = bodyOf(call, 'InvalidationBatch');
  checkShape(body, shape, 'InvalidationBatch');
  const items = textsOf(xmlChild(body, 'Paths'));
  checkItems(items, textAt(distribution.config, 'CacheTagConfig', 'HeaderName') !== '');
  const callerReference = textAt(body, 'CallerReference');
  if (callerReference === '') throw cloudFrontFault('InvalidArgument', 'The parameter CallerReference is required.');
  const earlier = sentBefore(call, callerReference, items);
  if (earlier) return answer(call, earlier);
  checkLoad(call, items);
  return answer(call, add(call, callerReference, items));
}

/** GetInvalidation. */
function getInvalidation(call: Call): WireResponse {
  findDistribution(call, call.params.DistributionId);
  const found = batchesOf(call).find((batch) => batch.id === call.params.Id);
  if (found === undefined) throw cloudFrontFault('NoSuchInvalidation');
  return answerXml({ root: 'Invalidation', tree: write(call, found) });
}

/** ListInvalidations: "the most recent […] first" [dts]. */
function listInvalidations(call: Call): WireResponse {
  findDistribution(call, call.params.DistributionId);
  const page = pageOf([...batchesOf(call)].reverse(), call.request.query, (batch) => batch.id);
  const tree = pageWithMarker(page, 'InvalidationSummary', (batch) => summary(call, batch));
  return answerXml({ root: 'InvalidationList', tree });
}

const shape: Shape = { Paths: { required: true, items: {} }, CallerReference: { required: true } };

/** "If […] the content of any Path is different from the original request, […] InvalidationBatchAlreadyExists" [dts]. */
function sentBefore(call: Call, reference: string, items: readonly string[]): Invalidation | undefined {
  const earlier = batchesOf(call).find((batch) => batch.callerReference === reference);
  if (earlier === undefined) return undefined;
  const same = earlier.items.length === items.length && earlier.items.every((item, index) => item === items[index]);
  if (!same) throw cloudFrontFault('InvalidationBatchAlreadyExists');
  return earlier;
}

/** 3,000 paths and tags, and independently 15 wildcards, may be in progress per distribution [doc InvalidationLimits]. */
function checkLoad(call: Call, items: readonly string[]): void {
  const now = call.cloud.clock.now();
  const open = batchesOf(call).filter((batch) => batch.completedAt > now);
  const all = [...open.flatMap((batch) => batch.items), ...items];
  const wildcards = all.filter(isWildcard).length;
  if (all.length - wildcards > 3000) throw cloudFrontFault('TooManyInvalidationsInProgress');
  if (wildcards > 15) {
    const sentence =
      'Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations.';
    throw cloudFrontFault('TooManyInvalidationsInProgress', sentence);
  }
}

function add(call: Call, callerReference: string, items: readonly string[]): Invalidation {
  const { ids, clock, delays, state } = call.cloud;
  const batches = batchesOf(call);
  const at = clock.now();
  const batch = {
    id: ids.invalidation(),
    serial: batches.length + 1,
    callerReference,
    items,
    at,
    completedAt: at + delays.invalidateMs,
  };
  state.invalidations.set(call.params.DistributionId ?? '', [...batches, batch]);
  call.cloud.changed();
  return batch;
}

function batchesOf(call: Call): readonly Invalidation[] {
  return call.cloud.state.invalidations.get(call.params.DistributionId ?? '') ?? [];
}

function answer(call: Call, batch: Invalidation): WireResponse {
  const location = `distribution/${call.params.DistributionId}/invalidation/${batch.id}`;
  return answerXml({ status: 201, root: 'Invalidation', tree: write(call, batch), location });
}

function write(call: Call, batch: Invalidation): XmlTree {
  const { items, callerReference } = batch;
  return {
    ...summary(call, batch),
    InvalidationBatch: { Paths: listOf('Path', items), CallerReference: callerReference },
  };
}

function summary(call: Call, batch: Invalidation): XmlTree {
  const status = call.cloud.clock.now() >= batch.completedAt ? 'Completed' : 'InProgress';
  return { Id: batch.id, CreateTime: isoTime(batch.at), Status: status };
}
