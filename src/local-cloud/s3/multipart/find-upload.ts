import { ServiceFault } from '../../service-fault.ts';
import type { Upload } from '../model.ts';
import type { BucketContext } from '../s3-context.ts';

/** The upload that a request names. @throws ServiceFault NoSuchUpload */
export function findUpload({ bucket, key, request }: BucketContext): Upload {
  const id = request.query.get('uploadId') ?? '';
  const upload = bucket.uploads.get(id);
  if (upload !== undefined && upload.key === key) return upload;
  const message =
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.';
  throw new ServiceFault(404, 'NoSuchUpload', message, { details: { UploadId: id } });
}

/** The part number of a request, 1 to 10,000. @throws ServiceFault InvalidArgument */
export function readPartNumber({ request }: BucketContext): number {
  const text = request.query.get('partNumber') ?? '';
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 10_000) return number;
  const details = { ArgumentName: 'partNumber', ArgumentValue: text };
  throw new ServiceFault(400, 'InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive', {
    details,
  });
}
