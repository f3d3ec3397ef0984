import { createStore, failedStatus, type KeyValueStore } from '../../keyvaluestore/key-value-store.ts';
import type { WireResponse } from '../../wire.ts';
import { type XmlTree, xmlChild, xmlText } from '../../xml.ts';
import { answerXml, isoTime, noContent } from '../answer.ts';
import { arnOf } from '../arn.ts';
import { bodyOf, type Call, type Operations, requireMatch } from '../call.ts';
import { checkShape } from '../check-shape.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { pageOf, pageWithoutMarker } from '../page.ts';
import { readTags } from '../tags/read-tags.ts';
import { importKeys, readImport } from './import-keys.ts';
import { usesStore } from './uses-store.ts';

/** The operations of the control plane of KeyValueStores. */
export const storeOperations = {
  CreateKeyValueStore: createKeyValueStore,
  DescribeKeyValueStore: describeKeyValueStore,
  ListKeyValueStores: listKeyValueStores,
  UpdateKeyValueStore: updateKeyValueStore,
  DeleteKeyValueStore: deleteKeyValueStore,
} as const satisfies Operations;

/** CreateKeyValueStore: 201 with Status PROVISIONING, which is READY some time later, with what was imported. */
async function createKeyValueStore(call: Call): Promise<WireResponse> {
  const body = bodyOf(call, 'CreateKeyValueStoreRequest');
  checkShape(body, { Name: { required: true }, ImportSource: importShape }, 'CreateKeyValueStoreRequest');
  const name = xmlText(body, 'Name') ?? '';
  const comment = checkComment(xmlText(body, 'Comment') ?? '');
  // Name [a-zA-Z0-9-_]{1,64} [model KeyValueStoreName].
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) refuse('The parameter Name is not valid.');
  const isTaken = () => ownedBy(call).some((store) => store.name === name);
  if (isTaken()) throw cloudFrontFault('EntityAlreadyExists');
  const source = xmlChild(body, 'ImportSource');
  const file = source && (await readImport(call, source));
  // Another request may have come while the file was read.
  if (isTaken()) throw cloudFrontFault('EntityAlreadyExists');
  const { ids, clock, delays, state } = call.cloud;
  const id = ids.uuid();
  const arn = arnOf(call.account, 'key-value-store', id);
  const now = clock.now();
  const store = createStore({
    name,
    id,
    arn,
    account: call.account,
    comment,
    createdAt: now,
    readyAt: now + delays.storeReadyMs,
    etag: ids.resource(),
    dataEtag: ids.resource(),
  });
  const failure = file && importKeys(store, file, delays.storeSettleMs);
  if (failure !== undefined) store.failure = failure;
  const tags = xmlChild(body, 'Tags');
  if (tags !== undefined) state.tags.set(arn, readTags(tags));
  state.stores.set(arn, store);
  call.cloud.changed();
  return answer(call, store, { status: 201, location: `key-value-store/${name}` });
}

/** [model ImportSource] */
const importShape = { fields: { SourceType: { required: true, values: ['S3'] }, SourceARN: { required: true } } };

/** DescribeKeyValueStore; its ETag is the control plane's, not that of the keys. */
function describeKeyValueStore(call: Call): WireResponse {
  return answer(call, find(call));
}

/** ListKeyValueStores, all or those of `Status`. */
function listKeyValueStores(call: Call): WireResponse {
  const status = call.request.query.get('Status');
  const stores = ownedBy(call).filter((store) => status === null || statusOf(call, store) === status);
  const page = pageOf(stores, call.request.query, (store) => store.name);
  const tree = pageWithoutMarker(page, 'KeyValueStore', (store) => write(call, store));
  return answerXml({ root: 'KeyValueStoreList', tree });
}

/** UpdateKeyValueStore: only the comment can change. */
function updateKeyValueStore(call: Call): WireResponse {
  const found = find(call);
  const body = bodyOf(call, 'UpdateKeyValueStoreRequest');
  checkShape(body, { Comment: { required: true } }, 'UpdateKeyValueStoreRequest');
  const comment = checkComment(xmlText(body, 'Comment') ?? '');
  requireMatch(call, found.etag);
  found.comment = comment;
  found.etag = call.cloud.ids.resource();
  found.modifiedAt = call.cloud.clock.now();
  call.cloud.changed();
  return answer(call, found);
}

/** DeleteKeyValueStore: not while a function is associated with it (CannotDeleteEntityWhileInUse 409). */
function deleteKeyValueStore(call: Call): WireResponse {
  const found = find(call);
  requireMatch(call, found.etag);
  const { functions, stores, tags } = call.cloud.state;
  const used = [...functions.values()].some((record) => usesStore(record, found.arn));
  if (used) throw cloudFrontFault('CannotDeleteEntityWhileInUse');
  stores.delete(found.arn);
  tags.delete(found.arn);
  call.cloud.changed();
  return noContent;
}

function checkComment(comment: string): string {
  // At most 128 characters [model KeyValueStoreComment].
  if (comment.length > 128) refuse('The parameter Comment is too long.');
  return comment;
}

function ownedBy(call: Call): readonly KeyValueStore[] {
  return [...call.cloud.state.stores.values()].filter((store) => store.account === call.account);
}

function find(call: Call): KeyValueStore {
  const found = ownedBy(call).find((store) => store.name === call.params.Name);
  if (found === undefined) throw cloudFrontFault('EntityNotFound');
  return found;
}

function statusOf(call: Call, store: KeyValueStore): string {
  if (call.cloud.clock.now() < store.readyAt) return 'PROVISIONING';
  return store.failure === undefined ? 'READY' : failedStatus;
}

function write(call: Call, store: KeyValueStore): XmlTree {
  return {
    Name: store.name,
    Id: store.id,
    Comment: store.comment,
    ARN: store.arn,
    Status: statusOf(call, store),
    LastModifiedTime: isoTime(store.modifiedAt),
  };
}

function answer(
  call: Call,
  store: KeyValueStore,
  created: { readonly status?: number; readonly location?: string } = {},
): WireResponse {
  return answerXml({ root: 'KeyValueStore', tree: write(call, store), etag: store.etag, ...created });
}

function refuse(sentence: string): never {
  throw cloudFrontFault('InvalidArgument', sentence);
}
