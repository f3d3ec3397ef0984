import { randomUUID } from 'node:crypto';
import { ServiceFault } from '../../service-fault.ts';
import { type XmlNode, xmlDocument, xmlList, xmlText } from '../../xml.ts';
import { malformedXml, readBody } from '../read-body.ts';
import { type BucketContext, type BucketOperation, s3Namespace } from '../s3-context.ts';

/** GetBucketLifecycleConfiguration. The rules are kept and given back; nothing expires here. */
export const getLifecycle: BucketOperation = (context) => {
  const stored = context.bucket.settings.documents.lifecycle as XmlNode | undefined;
  if (stored !== undefined) {
    const answer = documentAnswer('LifecycleConfiguration', stored);
    return { ...answer, headers: { ...answer.headers, ...lifecycleHeader } };
  }
  const details = { BucketName: context.bucket.settings.name };
  const message = 'The lifecycle configuration does not exist';
  throw new ServiceFault(404, 'NoSuchLifecycleConfiguration', message, { details });
};

/** PutBucketLifecycleConfiguration: a rule without an ID gets one. */
export const putLifecycle: BucketOperation = (context) => {
  const rules = xmlList(readBody(context.request, 'LifecycleConfiguration'), 'Rule').map(readRule);
  // S3 user guide: up to 1,000 rules.
  if (rules.length === 0 || rules.length > 1000) throw malformedXml();
  storeDocument(context, 'lifecycle', { Rule: rules });
  return { status: 200, headers: lifecycleHeader };
};

/** GetBucketEncryption: SSE-S3 unless set otherwise. */
export const getEncryption: BucketOperation = ({ bucket }) => {
  const stored = bucket.settings.documents.encryption as XmlNode | undefined;
  return documentAnswer('ServerSideEncryptionConfiguration', stored ?? defaultEncryption);
};

/** PutBucketEncryption. */
export const putEncryption: BucketOperation = (context) => {
  const tree = readBody(context.request, 'ServerSideEncryptionConfiguration');
  const algorithm = xmlText(tree, 'Rule', 'ApplyServerSideEncryptionByDefault', 'SSEAlgorithm') ?? '';
  if (!['AES256', 'aws:kms', 'aws:kms:dsse'].includes(algorithm)) throw malformedXml();
  storeDocument(context, 'encryption', tree);
  return { status: 200 };
};

/** Takes a stored configuration away, also where there is none. */
export function deleteDocument(name: string): BucketOperation {
  return (context) => {
    storeDocument(context, name, undefined);
    return { status: 204 };
  };
}

/** What GetBucketLifecycleConfiguration tells of since small objects are no longer moved by default. */
const lifecycleHeader = { 'x-amz-transition-default-minimum-object-size': 'all_storage_classes_128K' };

const defaultEncryption: XmlNode = {
  Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: 'false' },
};

const lifecycleActions = [
  'Expiration',
  'Transition',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionTransition',
  'AbortIncompleteMultipartUpload',
];

function readRule(rule: XmlNode): XmlNode {
  const status = xmlText(rule, 'Status');
  if (typeof rule === 'string' || (status !== 'Enabled' && status !== 'Disabled')) throw malformedXml();
  if (!('Filter' in rule) && !('Prefix' in rule)) throw malformedXml();
  if (!lifecycleActions.some((action) => action in rule)) {
    throw new ServiceFault(400, 'InvalidRequest', 'At least one action needs to be specified in a rule');
  }
  return { ID: xmlText(rule, 'ID') || randomUUID(), ...rule };
}

function storeDocument({ bucket, store }: BucketContext, name: string, document: XmlNode | undefined): void {
  const { [name]: _before, ...others } = bucket.settings.documents;
  const documents = document === undefined ? others : { ...others, [name]: document };
  store.putSettings({ ...bucket.settings, documents });
}

function documentAnswer(root: string, tree: XmlNode) {
  const headers = { 'content-type': 'application/xml' };
  return { status: 200, headers, body: xmlDocument(root, s3Namespace, tree) };
}
