import { ServiceFault } from '../../service-fault.ts';
import { type XmlInput, xmlDocument } from '../../xml.ts';
import { canonicalUser } from '../canonical-user.ts';
import { aclNotSupported } from '../check-acl.ts';
import { type BucketContext, type BucketOperation, notImplemented, s3Namespace } from '../s3-context.ts';

/** Answers with what S3 says of a configuration that nobody has set: they cannot be set here. */
export function unset(root: string, tree: XmlInput = {}): BucketOperation {
  return () => xmlAnswer(root, tree);
}

/** The same for configurations whose absence is an error. */
export function missing(code: string, message: string): BucketOperation {
  return ({ bucket }) => {
    throw new ServiceFault(404, code, message, { details: { BucketName: bucket.settings.name } });
  };
}

/** GetBucketAcl and GetObjectAcl: full control for the owner and nothing else. */
export const getAcl: BucketOperation = ({ bucket }) => {
  const owner = canonicalUser(bucket.settings.owner);
  const Grantee = { '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', '@xsi:type': 'CanonicalUser', ...owner };
  const Grant = { Grantee, Permission: 'FULL_CONTROL' };
  return xmlAnswer('AccessControlPolicy', { Owner: owner, AccessControlList: { Grant } });
};

/** PutBucketAcl and PutObjectAcl: ACLs are off, or else only the private one is known. */
export const putAcl: BucketOperation = ({ bucket, request }: BucketContext) => {
  if (bucket.settings.ownership === 'BucketOwnerEnforced') throw aclNotSupported();
  if (request.headers['x-amz-acl'] !== 'private') throw notImplemented();
  return { status: 200 };
};

function xmlAnswer(root: string, tree: XmlInput) {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: xmlDocument(root, s3Namespace, tree) };
}
