import { createHash } from 'node:crypto';
import { expect } from 'vitest';

const smallSha256 = createHash('sha256').update('small\n').digest('base64');

/** A command, and what it prints: with `--query` a value, else text, which a refusal prints on standard error. */
export type AwsCliRow = readonly [command: string, expected: unknown];

/** The local S3 with files of the working folder: `small.txt`, `big.bin` of 20 MB and a tree. Rows build on each other. */
export const s3Rows: readonly AwsCliRow[] = [
  ['s3 mb s3://aws-cli', 'make_bucket: aws-cli\n'],
  ['s3 cp small.txt s3://aws-cli/a/small.txt --cache-control max-age=60', /^upload: /m],
  ['s3 cp big.bin s3://aws-cli/big.bin --quiet', ''],
  [
    's3api head-object --bucket aws-cli --key big.bin --query [ContentLength,PartsCount,ETag]',
    [20_000_000, null, expect.stringMatching(/-3"$/)],
  ],
  ['s3 cp s3://aws-cli/big.bin back.bin --quiet', ''],
  ['s3 ls s3://aws-cli', / {27}PRE a\/\n.* 20000000 big\.bin\n$/],
  ['s3 ls s3://aws-cli --recursive --summarize', /Total Objects: 2\n {3}Total Size: 20000006/],
  ['s3 sync tree s3://aws-cli/tree', /upload: tree\/1 \+ é\.html/],
  ['s3 sync tree s3://aws-cli/tree', ''],
  ['s3 sync s3://aws-cli/tree copy --quiet', ''],
  ['s3 cp s3://aws-cli/a/small.txt s3://aws-cli/b.txt', /^copy: /m],
  ['s3api head-object --bucket aws-cli --key b.txt --query CacheControl', 'max-age=60'],
  ['s3 mv s3://aws-cli/b.txt s3://aws-cli/c.txt', /^move: /m],
  ['s3 rm s3://aws-cli/tree --recursive', /delete: s3:\/\/aws-cli\/tree\/1 \+ é\.html/],
  ['s3api list-objects-v2 --bucket aws-cli --query Contents[].Key', ['a/small.txt', 'big.bin', 'c.txt']],
  ['s3api list-objects-v2 --bucket aws-cli --page-size 1 --query Contents[].Key', ['a/small.txt', 'big.bin', 'c.txt']],
  ['s3api put-bucket-versioning --bucket aws-cli --versioning-configuration Status=Enabled', ''],
  ['s3api get-bucket-versioning --bucket aws-cli --query Status', 'Enabled'],
  [
    's3api put-object --bucket aws-cli --key c.txt --body small.txt --checksum-algorithm SHA256 --query ChecksumSHA256',
    smallSha256,
  ],
  ['s3api list-object-versions --bucket aws-cli --prefix c.txt --query Versions[].IsLatest', [true, false]],
  ['s3api delete-objects --bucket aws-cli --delete Objects=[{Key=c.txt}] --query Deleted[].DeleteMarker', [true]],
  ['s3api get-object --bucket aws-cli --key c.txt got.txt', /NoSuchKey/],
  ['s3 rb s3://aws-cli', /BucketNotEmpty/],
];

/** CloudFront after a deploy and a change. `ID` stands for the distribution, `INV` for the change's invalidation. */
export const cloudFrontRows: readonly AwsCliRow[] = [
  ['sts get-caller-identity --query Account', '111122223333'],
  ['cloudfront list-distributions --query DistributionList.Items[].Enabled', [true]],
  ['cloudfront get-distribution --id ID --query Distribution.DomainName', expect.stringMatching(/^\w+\.localhost$/)],
  ['cloudfront get-distribution-config --id ID --query DistributionConfig.HttpVersion', 'http2and3'],
  ['cloudfront list-functions --stage LIVE --query FunctionList.Items[].FunctionConfig.Runtime', ['cloudfront-js-2.0']],
  ['cloudfront list-key-value-stores --query KeyValueStoreList.Items[].Status', ['READY']],
  [
    'cloudfront get-invalidation --distribution-id ID --id INV --query Invalidation.[Status,InvalidationBatch.Paths.Items]',
    ['Completed', ['/index.html']],
  ],
  [
    'cloudfront create-invalidation --distribution-id ID --paths /about/* /style.css --query Invalidation.InvalidationBatch.Paths.Quantity',
    2,
  ],
  ['cloudfront list-invalidations --distribution-id ID --query length(InvalidationList.Items)', 2],
  ['cloudfront list-origin-access-controls --query OriginAccessControlList.Items[].SigningBehavior', ['always']],
  ['cloudfront get-distribution --id E0000000000000', /NoSuchDistribution/],
];
