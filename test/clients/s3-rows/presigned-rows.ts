import type { Boto3Row } from '../boto3.ts';

/** Links that carry their signature. */
export const presignedRows: readonly Boto3Row[] = [
  [
    'fetch',
    `
    import urllib.request, urllib.error
    def fetch(url, **more):
      try:
        with urllib.request.urlopen(urllib.request.Request(url, **more)) as got: return [got.status, got.read().decode()]
      except urllib.error.HTTPError as error: return [error.code, error.read().decode().split("<Code>")[1].split("</Code>")[0]]
    s3v4 = client("s3", signature_version="s3v4")
    link = s3v4.generate_presigned_url("get_object", Params={"Bucket": b, "Key": "copy é+.txt"}, ExpiresIn=60)
    fetch(link)`,
    [200, 'hello'],
  ],
  ['tampered with', 'fetch(link.replace("copy", "other"))', [403, 'SignatureDoesNotMatch']],
  ['for another method', 'fetch(link, method="DELETE")', [403, 'SignatureDoesNotMatch']],
  [
    'another header',
    'fetch(s3v4.generate_presigned_url("get_object", Params={"Bucket": b, "Key": "a.txt", "ResponseContentType": "text/x"}))',
    [200, 'hello'],
  ],
  [
    'to put',
    `
    fetch(s3v4.generate_presigned_url("put_object", Params={"Bucket": b, "Key": "put"}), method="PUT", data=b"by link")
    s3.get_object(Bucket=b, Key="put")["Body"].read()`,
    'by link',
  ],
  [
    'signed by the old rules',
    'fetch(client("s3", signature_version="s3").generate_presigned_url("get_object", Params={"Bucket": b, "Key": "a.txt"}))',
    [400, 'InvalidRequest'],
  ],
  [
    'expired',
    `
    import botocore.auth, datetime
    now = botocore.auth.get_current_datetime
    botocore.auth.get_current_datetime = lambda: now() - datetime.timedelta(hours=2)
    link = s3v4.generate_presigned_url("get_object", Params={"Bucket": b, "Key": "a.txt"}, ExpiresIn=3600)
    botocore.auth.get_current_datetime = now
    fetch(link)`,
    [403, 'AccessDenied'],
  ],
];
