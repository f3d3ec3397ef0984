import type { Boto3Row } from '../boto3.ts';
import { failed } from '../failed.ts';

/** Buckets and their configuration. */
export const bucketRows: readonly Boto3Row[] = [
  [
    'clients',
    `
    s3 = client("s3")
    s3us = client("s3", "us-east-1")
    b = "boto3-rows"`,
    null,
  ],
  ['who am I', 'client("sts").get_caller_identity()["Account"]', '111122223333'],
  [
    'create',
    `s3.create_bucket(Bucket=b, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})["Location"]`,
    '/boto3-rows',
  ],
  [
    'create it again',
    `s3.create_bucket(Bucket=b, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})`,
    failed('BucketAlreadyOwnedByYou', 409),
  ],
  ['create in us-east-1', 's3us.create_bucket(Bucket="boto3-us")["Location"]', '/boto3-us'],
  [
    'create without a place',
    's3.create_bucket(Bucket="boto3-nowhere")',
    failed('IllegalLocationConstraintException', 400),
  ],
  ['create with a bad name', 's3us.create_bucket(Bucket="boto3..dots")', failed('InvalidBucketName', 400)],
  ['buckets', '[x["Name"] for x in s3.list_buckets()["Buckets"]]', ['boto3-rows', 'boto3-us']],
  ['where', 's3.get_bucket_location(Bucket=b)["LocationConstraint"]', 'eu-west-1'],
  ['where in us-east-1', 's3us.get_bucket_location(Bucket="boto3-us").get("LocationConstraint")', null],
  ['head', 's3.head_bucket(Bucket=b)["ResponseMetadata"]["HTTPHeaders"]["x-amz-bucket-region"]', 'eu-west-1'],
  ['head of none', 's3.head_bucket(Bucket="boto3-none")', failed('404', 404)],
  [
    'block',
    's3.get_public_access_block(Bucket=b)["PublicAccessBlockConfiguration"]',
    { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true },
  ],
  [
    'ownership',
    's3.get_bucket_ownership_controls(Bucket=b)["OwnershipControls"]["Rules"]',
    [{ ObjectOwnership: 'BucketOwnerEnforced' }],
  ],
  [
    'encryption',
    's3.get_bucket_encryption(Bucket=b)["ServerSideEncryptionConfiguration"]["Rules"][0]["ApplyServerSideEncryptionByDefault"]',
    { SSEAlgorithm: 'AES256' },
  ],
  ['no policy', 's3.get_bucket_policy(Bucket=b)', failed('NoSuchBucketPolicy', 404)],
  [
    'policy',
    `
    s3.put_bucket_policy(Bucket=b, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "Edge", "Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}, "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{b}/*", "Condition": {"StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::111122223333:distribution/E1"}}}]}))
    json.loads(s3.get_bucket_policy(Bucket=b)["Policy"])["Statement"][0]["Sid"]`,
    'Edge',
  ],
  [
    'a public policy',
    `s3.put_bucket_policy(Bucket=b, Policy=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{b}/*"}]}))`,
    failed('AccessDenied', 403),
  ],
  ['a policy that is none', 's3.put_bucket_policy(Bucket=b, Policy="{}")', failed('MalformedPolicy', 400)],
  [
    'policy away',
    `
    s3.delete_bucket_policy(Bucket=b)
    s3.get_bucket_policy(Bucket=b)`,
    failed('NoSuchBucketPolicy', 404),
  ],
  [
    'tags',
    `
    s3.put_bucket_tagging(Bucket=b, Tagging={"TagSet": [{"Key": "cdnpub", "Value": "1"}]})
    s3.get_bucket_tagging(Bucket=b)["TagSet"]`,
    [{ Key: 'cdnpub', Value: '1' }],
  ],
  ['no tags', 's3us.get_bucket_tagging(Bucket="boto3-us")', failed('NoSuchTagSet', 404)],
  [
    'lifecycle',
    `
    s3.put_bucket_lifecycle_configuration(Bucket=b, LifecycleConfiguration={"Rules": [{"ID": "stale", "Status": "Enabled", "Filter": {"Prefix": ""}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7}}, {"ID": "state", "Status": "Enabled", "Filter": {"Prefix": ".cdnpub/"}, "NoncurrentVersionExpiration": {"NoncurrentDays": 7}, "Expiration": {"ExpiredObjectDeleteMarker": True}}]})
    [(x["ID"], x["Status"], x.get("NoncurrentVersionExpiration")) for x in s3.get_bucket_lifecycle_configuration(Bucket=b)["Rules"]]`,
    [
      ['stale', 'Enabled', null],
      ['state', 'Enabled', { NoncurrentDays: 7 }],
    ],
  ],
  [
    'no lifecycle',
    's3us.get_bucket_lifecycle_configuration(Bucket="boto3-us")',
    failed('NoSuchLifecycleConfiguration', 404),
  ],
  [
    'another account',
    'client("s3", access="AKIAIOSFODNN7EXAMPLE").list_objects_v2(Bucket=b)',
    failed('AccessDenied', 403),
  ],
  ['a wrong secret', 'client("s3", secret="wrong").list_objects_v2(Bucket=b)', failed('SignatureDoesNotMatch', 403)],
  ['nobody', 'client("s3", signature_version=UNSIGNED).list_objects_v2(Bucket=b)', failed('AccessDenied', 403)],
  [
    'delete',
    `
    s3us.delete_bucket(Bucket="boto3-us")
    s3us.head_bucket(Bucket="boto3-us")`,
    failed('404', 404),
  ],
];
