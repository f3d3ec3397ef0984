import type { Boto3Row } from '../boto3.ts';
import { failed } from '../failed.ts';

/** Uploads in parts. */
export const multipartRows: readonly Boto3Row[] = [
  [
    'start',
    `
    upload = s3.create_multipart_upload(Bucket=b, Key="big", ContentType="video/mp4")["UploadId"]
    bool(upload)`,
    true,
  ],
  [
    'parts',
    `
    parts = [{"PartNumber": n, "ETag": s3.upload_part(Bucket=b, Key="big", UploadId=upload, PartNumber=n, Body=bytes([n]) * size)["ETag"]} for n, size in ((1, 5 << 20), (2, 7))]
    len(parts)`,
    2,
  ],
  [
    'listed',
    '[[x["PartNumber"], x["Size"]] for x in s3.list_parts(Bucket=b, Key="big", UploadId=upload)["Parts"]]',
    [
      [1, 5242880],
      [2, 7],
    ],
  ],
  ['open', '[x["Key"] for x in s3.list_multipart_uploads(Bucket=b)["Uploads"]]', ['big']],
  [
    'in the wrong order',
    's3.complete_multipart_upload(Bucket=b, Key="big", UploadId=upload, MultipartUpload={"Parts": parts[::-1]})',
    failed('InvalidPartOrder', 400),
  ],
  [
    'with another part',
    's3.complete_multipart_upload(Bucket=b, Key="big", UploadId=upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": \'"0123"\'}]})',
    failed('InvalidPart', 400),
  ],
  [
    'complete',
    `
    done = s3.complete_multipart_upload(Bucket=b, Key="big", UploadId=upload, MultipartUpload={"Parts": parts})
    done["ETag"].endswith('-2"')`,
    true,
  ],
  [
    'read',
    `
    got = s3.get_object(Bucket=b, Key="big")
    [got["ContentLength"], got["ContentType"], got["Body"].read()[-8:] == bytes([1] + [2] * 7)]`,
    [5242887, 'video/mp4', true],
  ],
  [
    'a part',
    `
    got = s3.head_object(Bucket=b, Key="big", PartNumber=2)
    [got["ContentLength"], got["PartsCount"]]`,
    [7, 2],
  ],
  [
    'once only',
    's3.upload_part(Bucket=b, Key="big", UploadId=upload, PartNumber=3, Body=b"x")',
    failed('NoSuchUpload', 404),
  ],
  [
    'a part that is too small',
    `
    upload = s3.create_multipart_upload(Bucket=b, Key="small")["UploadId"]
    parts = [{"PartNumber": n, "ETag": s3.upload_part(Bucket=b, Key="small", UploadId=upload, PartNumber=n, Body=b"x")["ETag"]} for n in (1, 2)]
    s3.complete_multipart_upload(Bucket=b, Key="small", UploadId=upload, MultipartUpload={"Parts": parts})`,
    failed('EntityTooSmall', 400),
  ],
  [
    'abort',
    `
    s3.abort_multipart_upload(Bucket=b, Key="small", UploadId=upload)
    s3.list_parts(Bucket=b, Key="small", UploadId=upload)`,
    failed('NoSuchUpload', 404),
  ],
  [
    'a file by the transfer manager',
    `
    import io, hashlib
    from boto3.s3.transfer import TransferConfig
    data = bytes(range(256)) * 49152
    s3.upload_fileobj(io.BytesIO(data), b, "file", Config=TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20))
    back = io.BytesIO()
    s3.download_fileobj(b, "file", back)
    [s3.head_object(Bucket=b, Key="file")["ETag"][-3:], back.getvalue() == data]`,
    ['-3"', true],
  ],
];
