import { ServiceFault } from '../../service-fault.ts';
import { type XmlNode, xmlList, xmlText } from '../../xml.ts';
import type { Part, Upload } from '../model.ts';
import { bareEtag } from '../objects/read-conditions.ts';
import { malformedXml, readBody } from '../read-body.ts';
import type { BucketContext } from '../s3-context.ts';

/**
 * The parts that a CompleteMultipartUpload names, each checked against what was uploaded.
 * @throws ServiceFault MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall, InvalidRequest (checksum missing).
 */
export function chooseParts(context: BucketContext, upload: Upload): readonly Part[] {
  const named = xmlList(readBody(context.request, 'CompleteMultipartUpload'), 'Part');
  if (named.length === 0 || named.length > 10_000) throw malformedXml();
  const parts = named.map((part) => choosePart(part, upload));
  if (parts.some((part, at) => at > 0 && part.number <= (parts[at - 1]?.number ?? 0))) {
    const message = 'The list of parts was not in ascending order. Parts must be ordered by part number.';
    throw new ServiceFault(400, 'InvalidPartOrder', message);
  }
  const small = parts.slice(0, -1).find((part) => part.size < minimumPartSize);
  if (small !== undefined) throw tooSmall(small);
  return parts;
}

/** S3 user guide, "Multipart upload limits": 5 MiB, but for the last part. */
const minimumPartSize = 5 * 1024 ** 2;

function choosePart(named: XmlNode, upload: Upload): Part {
  const number = xmlText(named, 'PartNumber');
  const etag = xmlText(named, 'ETag');
  if (number === undefined || etag === undefined) throw malformedXml();
  const part = upload.parts[number];
  if (part === undefined || part.etag !== bareEtag(etag)) throw invalidPart(number, etag, upload);
  const checksum = xmlText(named, `Checksum${upload.algorithm}`);
  if (checksum !== undefined && checksum !== part.checksum) throw invalidPart(number, etag, upload);
  if (checksum === undefined && upload.isAlgorithmAsked && upload.checksumType === 'COMPOSITE') {
    const name = upload.algorithm.toLowerCase();
    const message = `The upload was created using a ${name} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`;
    throw new ServiceFault(400, 'InvalidRequest', message);
  }
  return part;
}

function invalidPart(PartNumber: string, ETag: string, { id: UploadId }: Upload): ServiceFault {
  const message =
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  return new ServiceFault(400, 'InvalidPart', message, { details: { UploadId, PartNumber, ETag } });
}

function tooSmall({ number, etag, size }: Part): ServiceFault {
  const details = {
    ProposedSize: String(size),
    MinSizeAllowed: String(minimumPartSize),
    PartNumber: String(number),
    ETag: etag,
  };
  const message = 'Your proposed upload is smaller than the minimum allowed size';
  return new ServiceFault(400, 'EntityTooSmall', message, { details });
}
