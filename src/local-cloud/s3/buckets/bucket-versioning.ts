import { ServiceFault } from '../../service-fault.ts';
import { xmlDocument, xmlText } from '../../xml.ts';
import { readBody } from '../read-body.ts';
import { type BucketOperation, notImplemented, s3Namespace } from '../s3-context.ts';

/** GetBucketVersioning: empty where it was never set. */
export const getBucketVersioning: BucketOperation = ({ bucket }) => {
  const body = xmlDocument('VersioningConfiguration', s3Namespace, { Status: bucket.settings.versioning });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};

/** PutBucketVersioning: once on, it can be suspended but never unset. */
export const putBucketVersioning: BucketOperation = ({ bucket, request, store }) => {
  const tree = readBody(request, 'VersioningConfiguration');
  if (xmlText(tree, 'MfaDelete') === 'Enabled') throw notImplemented();
  const versioning = xmlText(tree, 'Status');
  if (versioning !== 'Enabled' && versioning !== 'Suspended') {
    const message = 'The Versioning element must be specified';
    throw new ServiceFault(400, 'IllegalVersioningConfigurationException', message);
  }
  store.putSettings({ ...bucket.settings, versioning });
  return { status: 200 };
};
