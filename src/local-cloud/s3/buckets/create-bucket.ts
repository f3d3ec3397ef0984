import { ServiceFault } from '../../service-fault.ts';
import { type XmlNode, xmlChild, xmlText } from '../../xml.ts';
import { authorizeAlone } from '../authorize.ts';
import { verifyIntegrity } from '../checksums/sent-checksum.ts';
import type { BucketSettings } from '../model.ts';
import { readBody } from '../read-body.ts';
import { nowInSeconds, type S3Context, type ServiceOperation } from '../s3-context.ts';
import { parseTagSet } from '../tags.ts';
import { checkBucketName } from './bucket-name.ts';

/** CreateBucket. A new bucket is private: ACLs off, all public access blocked. Tags need a permission of their own. */
export const createBucket: ServiceOperation = (context) => {
  const { request, store, bucketName: name } = context;
  verifyIntegrity(request);
  const tree = request.body.length === 0 ? undefined : readBody(request, 'CreateBucketConfiguration');
  const owner = request.caller.kind === 'account' ? request.caller.account : '';
  const region = regionOf(tree, request.region ?? 'us-east-1');
  const tags = tagsOf(tree);
  authorizeAlone(context, 's3:CreateBucket', `arn:aws:s3:::${name}`);
  if (tags.tags !== undefined) authorizeAlone(context, 's3:TagResource', `arn:aws:s3:::${name}`);
  checkBucketName({ name, account: owner, region, namespace: request.headers['x-amz-bucket-namespace'] });
  const answer = { status: 200, headers: { location: `/${name}` } };
  const existing = store.bucket(name)?.settings;
  if (existing !== undefined) {
    checkExisting(existing, owner, region);
    return answer;
  }
  const ownership = ownershipOf(context);
  store.putSettings({
    name,
    region,
    owner,
    createdAt: nowInSeconds(context.clock),
    ownership,
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    ...tags,
    documents: {},
  });
  return answer;
};

/** us-east-1 gives one's own bucket again; every other region says that one has it. */
function checkExisting(existing: BucketSettings, owner: string, region: string): void {
  const details = { BucketName: existing.name };
  if (existing.owner !== owner) {
    const message =
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.';
    throw new ServiceFault(409, 'BucketAlreadyExists', message, { details });
  }
  if (existing.region === 'us-east-1' && region === 'us-east-1') return;
  const message = 'Your previous request to create the named bucket succeeded and you already own it.';
  throw new ServiceFault(409, 'BucketAlreadyOwnedByYou', message, { details });
}

function regionOf(tree: XmlNode | undefined, scopeRegion: string): string {
  const location = xmlText(tree, 'LocationConstraint') || undefined;
  if (scopeRegion === 'us-east-1') {
    if (location === undefined) return scopeRegion;
    if (location === 'us-east-1' || !/^(?:EU|[a-z]{2}(?:-[a-z]+)+-\d)$/.test(location)) throw invalidLocation(location);
    return location === 'EU' ? 'eu-west-1' : location;
  }
  if (location === scopeRegion) return scopeRegion;
  const message = `The ${location ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`;
  throw new ServiceFault(400, 'IllegalLocationConstraintException', message);
}

function invalidLocation(LocationConstraint: string): ServiceFault {
  const message = 'The specified location-constraint is not valid';
  return new ServiceFault(400, 'InvalidLocationConstraint', message, { details: { LocationConstraint } });
}

function ownershipOf({ request }: S3Context): string {
  const ownership = request.headers['x-amz-object-ownership'] ?? 'BucketOwnerEnforced';
  if (!['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'].includes(ownership)) {
    throw new ServiceFault(400, 'InvalidArgument', 'Invalid x-amz-object-ownership header');
  }
  const acl = request.headers['x-amz-acl'];
  if (ownership === 'BucketOwnerEnforced' && acl !== undefined && acl !== 'private') {
    const message = "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting";
    throw new ServiceFault(400, 'InvalidBucketAclWithObjectOwnership', message);
  }
  return ownership;
}

function tagsOf(tree: XmlNode | undefined): Pick<BucketSettings, 'tags'> {
  const tags = parseTagSet(xmlChild(tree, 'Tags'), 50);
  return tags.length === 0 ? {} : { tags };
}
