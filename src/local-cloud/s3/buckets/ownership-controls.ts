import { ServiceFault } from '../../service-fault.ts';
import { xmlDocument, xmlText } from '../../xml.ts';
import { malformedXml, readBody } from '../read-body.ts';
import { type BucketOperation, s3Namespace } from '../s3-context.ts';

/** GetBucketOwnershipControls. */
export const getOwnershipControls: BucketOperation = ({ bucket }) => {
  const { ownership, name } = bucket.settings;
  if (ownership === undefined) {
    const message = 'The bucket ownership controls were not found';
    throw new ServiceFault(404, 'OwnershipControlsNotFoundError', message, { details: { BucketName: name } });
  }
  const body = xmlDocument('OwnershipControls', s3Namespace, { Rule: { ObjectOwnership: ownership } });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};

/** PutBucketOwnershipControls. */
export const putOwnershipControls: BucketOperation = ({ bucket, request, store }) => {
  const ownership = xmlText(readBody(request, 'OwnershipControls'), 'Rule', 'ObjectOwnership') ?? '';
  if (!['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'].includes(ownership)) throw malformedXml();
  store.putSettings({ ...bucket.settings, ownership });
  return { status: 200 };
};

/** DeleteBucketOwnershipControls. */
export const deleteOwnershipControls: BucketOperation = ({ bucket, store }) => {
  const { ownership: _ownership, ...settings } = bucket.settings;
  store.putSettings(settings);
  return { status: 204 };
};
