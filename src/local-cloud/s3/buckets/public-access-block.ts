import { ServiceFault } from '../../service-fault.ts';
import { xmlDocument, xmlText } from '../../xml.ts';
import { readBody } from '../read-body.ts';
import { type BucketOperation, s3Namespace } from '../s3-context.ts';

/** GetPublicAccessBlock. */
export const getPublicAccessBlock: BucketOperation = ({ bucket }) => {
  const { publicAccessBlock, name } = bucket.settings;
  if (publicAccessBlock === undefined) {
    const message = 'The public access block configuration was not found';
    throw new ServiceFault(404, 'NoSuchPublicAccessBlockConfiguration', message, { details: { BucketName: name } });
  }
  const body = xmlDocument('PublicAccessBlockConfiguration', s3Namespace, { ...publicAccessBlock });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};

/** PutPublicAccessBlock: what is left out is off. */
export const putPublicAccessBlock: BucketOperation = ({ bucket, request, store }) => {
  const tree = readBody(request, 'PublicAccessBlockConfiguration');
  const isOn = (name: string) => xmlText(tree, name)?.toLowerCase() === 'true';
  const publicAccessBlock = {
    BlockPublicAcls: isOn('BlockPublicAcls'),
    IgnorePublicAcls: isOn('IgnorePublicAcls'),
    BlockPublicPolicy: isOn('BlockPublicPolicy'),
    RestrictPublicBuckets: isOn('RestrictPublicBuckets'),
  };
  store.putSettings({ ...bucket.settings, publicAccessBlock });
  return { status: 200 };
};

/** DeletePublicAccessBlock. */
export const deletePublicAccessBlock: BucketOperation = ({ bucket, store }) => {
  const { publicAccessBlock: _block, ...settings } = bucket.settings;
  store.putSettings(settings);
  return { status: 204 };
};
