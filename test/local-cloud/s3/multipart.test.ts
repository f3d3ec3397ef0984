import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  type CompleteMultipartUploadCommandInput,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, type LocalS3, startLocalS3 } from './local-s3.ts';

let s3: LocalS3;
let Bucket: string;
/** Adds no checksum that a call does not ask for. */
let bare: S3Client;
beforeAll(async () => {
  s3 = await startLocalS3();
  Bucket = await s3.bucket();
  const { endpoint, accessKeyId, secretAccessKey } = s3.cloud;
  bare = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    credentials: { accessKeyId, secretAccessKey },
  });
});
afterAll(async () => {
  bare.destroy();
  await s3.stop();
});

const mib = 1024 ** 2;
const first = Buffer.alloc(5 * mib, 'a');
const second = Buffer.from('the end');
const hash = (algorithm: string, data: Buffer) => createHash(algorithm).update(data).digest();

async function create(Key: string, input: Partial<CreateMultipartUploadCommandInput> = {}) {
  const { UploadId = '' } = await bare.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }));
  const target = { Bucket, Key, UploadId };
  return {
    UploadId,
    part: (PartNumber: number, Body: Buffer, extra: object = {}) =>
      bare.send(new UploadPartCommand({ ...target, PartNumber, Body, ...extra })),
    complete: (Parts: object[], extra: Partial<CompleteMultipartUploadCommandInput> = {}) =>
      bare.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts }, ...extra })),
    abort: () => bare.send(new AbortMultipartUploadCommand(target)),
    list: (extra: object = {}) => bare.send(new ListPartsCommand({ ...target, ...extra })),
  };
}

async function createWithParts(
  Key: string,
  input: Partial<CreateMultipartUploadCommandInput> = {},
  extra: object = {},
) {
  const upload = await create(Key, input);
  const parts = [
    { PartNumber: 1, ...(await upload.part(1, first, extra)) },
    { PartNumber: 2, ...(await upload.part(2, second, extra)) },
  ];
  return { ...upload, parts };
}

describe('a multipart upload', () => {
  test('becomes an object with the headers of its beginning', async () => {
    const upload = await createWithParts('whole', { CacheControl: 'no-cache', Metadata: { a: '1' }, Tagging: 'x=1' });
    const md5s = Buffer.concat([hash('md5', first), hash('md5', second)]);
    const ETag = `"${hash('md5', md5s).toString('hex')}-2"`;
    expect(upload.parts[0]?.ETag).toBe(`"${hash('md5', first).toString('hex')}"`);
    expect(await codeOf(bare.send(new HeadObjectCommand({ Bucket, Key: 'whole' })))).toBe('404 NotFound');
    expect((await upload.complete(upload.parts)).ETag).toBe(ETag);
    const got = await bare.send(new GetObjectCommand({ Bucket, Key: 'whole' }));
    expect(got).toMatchObject({
      ETag,
      ContentLength: first.length + second.length,
      CacheControl: 'no-cache',
      Metadata: { a: '1' },
      TagCount: 1,
    });
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Buffer.concat([first, second]))).toBe(
      true,
    );
    expect(await codeOf(upload.list())).toBe('404 NoSuchUpload');
  });

  test('is read by range across its parts, and by part', async () => {
    const upload = await createWithParts('ranges');
    await upload.complete(upload.parts);
    const read = (input: object) => bare.send(new GetObjectCommand({ Bucket, Key: 'ranges', ...input }));
    const across = await read({ Range: `bytes=${first.length - 2}-${first.length + 2}` });
    expect(await across.Body?.transformToString()).toBe('aathe');
    const part = await read({ PartNumber: 2 });
    expect(part).toMatchObject({
      PartsCount: 2,
      ContentRange: `bytes ${first.length}-${first.length + 6}/${first.length + 7}`,
    });
    expect(await part.Body?.transformToString()).toBe('the end');
    expect(await codeOf(read({ PartNumber: 3 }))).toMatch(/^416 /);
  });

  test('takes any order of uploading, and leaves out what is not named', async () => {
    const upload = await create('order');
    const last = await upload.part(9, second);
    await upload.part(5, Buffer.from('never named'));
    const start = await upload.part(2, first);
    await upload.complete([
      { PartNumber: 2, ETag: start.ETag },
      { PartNumber: 9, ETag: last.ETag },
    ]);
    expect((await bare.send(new HeadObjectCommand({ Bucket, Key: 'order' }))).ContentLength).toBe(first.length + 7);
  });

  test('is gone once aborted', async () => {
    const upload = await createWithParts('aborted');
    await upload.abort();
    expect(await codeOf(upload.abort())).toBe('404 NoSuchUpload');
    expect(await codeOf(upload.part(1, second))).toBe('404 NoSuchUpload');
    expect(await codeOf(upload.complete(upload.parts))).toBe('404 NoSuchUpload');
  });

  test('copied becomes one part with an MD5', async () => {
    const upload = await createWithParts('joined');
    await upload.complete(upload.parts);
    await bare.send(new CopyObjectCommand({ Bucket, CopySource: `${Bucket}/joined`, Key: 'single' }));
    const ETag = `"${hash('md5', Buffer.concat([first, second])).toString('hex')}"`;
    expect((await bare.send(new HeadObjectCommand({ Bucket, Key: 'single' }))).ETag).toBe(ETag);
  });
});

describe('completion is refused', () => {
  const etag = (part: { ETag?: string | undefined } | undefined) => part?.ETag;
  type Named = Awaited<ReturnType<typeof createWithParts>>['parts'];
  const rows: [string, (parts: Named) => object[], Partial<CompleteMultipartUploadCommandInput>, string][] = [
    ['without parts', () => [], {}, '400 MalformedXML'],
    [
      'out of order',
      ([a, b]) => [
        { PartNumber: 2, ETag: etag(b) },
        { PartNumber: 1, ETag: etag(a) },
      ],
      {},
      '400 InvalidPartOrder',
    ],
    [
      'with a part twice',
      ([a]) => [
        { PartNumber: 1, ETag: etag(a) },
        { PartNumber: 1, ETag: etag(a) },
      ],
      {},
      '400 InvalidPartOrder',
    ],
    ['with a part that is not there', ([a]) => [{ PartNumber: 3, ETag: etag(a) }], {}, '400 InvalidPart'],
    ['with another tag', ([, b]) => [{ PartNumber: 1, ETag: etag(b) }], {}, '400 InvalidPart'],
    ['of another size', (parts) => parts, { MpuObjectSize: 1 }, '400 InvalidRequest'],
    ['on a key that is there', (parts) => parts, { IfNoneMatch: '*' }, '412 PreconditionFailed'],
    ['on another tag', (parts) => parts, { IfMatch: '"x"' }, '412 PreconditionFailed'],
  ];
  test.each(rows)('%s', async (_name, named, extra, expected) => {
    await bare.send(new PutObjectCommand({ Bucket, Key: 'there', Body: 'x' }));
    const upload = await createWithParts('there');
    expect(await codeOf(upload.complete(named(upload.parts), extra))).toBe(expected);
    expect((await upload.list()).Parts).toHaveLength(2);
  });

  test('with a small part before the last', async () => {
    const upload = await create('small');
    const parts = [
      { PartNumber: 1, ...(await upload.part(1, first.subarray(1))) },
      { PartNumber: 2, ...(await upload.part(2, second)) },
    ];
    expect(await codeOf(upload.complete(parts))).toBe('400 EntityTooSmall');
  });

  test.each([0, 10_001])('part number %i', async (number) => {
    const upload = await create('number');
    expect(await codeOf(upload.part(number, second))).toBe('400 InvalidArgument');
  });
});

describe('checksums', () => {
  test('SHA256 is composite: the hash of the hashes', async () => {
    const upload = await createWithParts('sha', { ChecksumAlgorithm: 'SHA256' }, { ChecksumAlgorithm: 'SHA256' });
    const sums = [first, second].map((data) => hash('sha256', data));
    expect(upload.parts.map((part) => part.ChecksumSHA256)).toEqual(sums.map((sum) => sum.toString('base64')));
    const ChecksumSHA256 = `${hash('sha256', Buffer.concat(sums)).toString('base64')}-2`;
    expect(await upload.complete(upload.parts)).toMatchObject({ ChecksumSHA256, ChecksumType: 'COMPOSITE' });
    const head = await bare.send(new HeadObjectCommand({ Bucket, Key: 'sha', ChecksumMode: 'ENABLED' }));
    expect(head).toMatchObject({ ChecksumSHA256, ChecksumType: 'COMPOSITE' });
    const attributes = await bare.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: 'sha',
        ObjectAttributes: ['ETag', 'Checksum', 'ObjectParts', 'ObjectSize', 'StorageClass'],
      }),
    );
    expect(attributes).toMatchObject({
      ETag: head.ETag?.replaceAll('"', ''),
      Checksum: { ChecksumSHA256, ChecksumType: 'COMPOSITE' },
      ObjectSize: first.length + 7,
      StorageClass: 'STANDARD',
      ObjectParts: {
        TotalPartsCount: 2,
        Parts: [
          { PartNumber: 1, Size: first.length },
          { PartNumber: 2, Size: 7 },
        ],
      },
    });
    expect(attributes.LastModified).toBeInstanceOf(Date);
  });

  test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s of the whole is what one PUT has', async (algorithm) => {
    const field = `Checksum${algorithm}`;
    await bare.send(
      new PutObjectCommand({ Bucket, Key: 'one', Body: Buffer.concat([first, second]), ChecksumAlgorithm: algorithm }),
    );
    const one: Record<string, unknown> = {
      ...(await bare.send(new HeadObjectCommand({ Bucket, Key: 'one', ChecksumMode: 'ENABLED' }))),
    };
    const input = { ChecksumAlgorithm: algorithm, ChecksumType: 'FULL_OBJECT' } as const;
    const upload = await createWithParts('crc', input, { ChecksumAlgorithm: algorithm });
    const wrong = upload.complete(upload.parts, {
      [field]: 'AAAAAAAAAAA='.slice(algorithm === 'CRC64NVME' ? 0 : 4),
      ChecksumType: 'FULL_OBJECT',
    });
    expect(await codeOf(wrong)).toBe('400 BadDigest');
    const done = await upload.complete(upload.parts, { [field]: one[field], ChecksumType: 'FULL_OBJECT' });
    expect(done).toMatchObject({ [field]: one[field], ChecksumType: 'FULL_OBJECT' });
  });

  const refused: [string, Partial<CreateMultipartUploadCommandInput>][] = [
    ['SHA256 of the whole', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' }],
    ['CRC64NVME part by part', { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' }],
  ];
  test.each(refused)('%s cannot be', async (_name, input) => {
    expect(await codeOf(create('x', input))).toBe('400 InvalidRequest');
  });

  test('parts must bring the algorithm of the upload, and completion all of them', async () => {
    const upload = await create('strict', { ChecksumAlgorithm: 'SHA256' });
    expect(await codeOf(upload.part(1, second, { ChecksumAlgorithm: 'CRC32' }))).toBe('400 InvalidRequest');
    expect(await codeOf(upload.part(1, second, { ChecksumSHA256: hash('sha256', first).toString('base64') }))).toBe(
      '400 BadDigest',
    );
    const { ETag } = await upload.part(1, second, { ChecksumAlgorithm: 'SHA256' });
    expect(await codeOf(upload.complete([{ PartNumber: 1, ETag }]))).toBe('400 InvalidRequest');
  });
});

describe('UploadPartCopy', () => {
  const copyPart = (UploadId: string, input: object) =>
    bare.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'copied',
        UploadId,
        PartNumber: 1,
        CopySource: `${Bucket}/src`,
        ...input,
      }),
    );

  test('takes a range of another object', async () => {
    await bare.send(new PutObjectCommand({ Bucket, Key: 'src', Body: '0123456789' }));
    const upload = await create('copied');
    const { CopyPartResult } = await copyPart(upload.UploadId, { CopySourceRange: 'bytes=2-4' });
    expect(CopyPartResult?.ETag).toBe(`"${hash('md5', Buffer.from('234')).toString('hex')}"`);
    await upload.complete([{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    const got = await bare.send(new GetObjectCommand({ Bucket, Key: 'copied' }));
    expect(await got.Body?.transformToString()).toBe('234');
  });

  test.each([
    ['past the end', { CopySourceRange: 'bytes=0-10' }, '400 InvalidArgument'],
    ['without an end', { CopySourceRange: 'bytes=0-' }, '400 InvalidArgument'],
    ['of another tag', { CopySourceIfMatch: '"x"' }, '412 PreconditionFailed'],
  ])('%s: %s', async (_name, input, expected) => {
    await bare.send(new PutObjectCommand({ Bucket, Key: 'src', Body: '0123456789' }));
    const upload = await create('copied');
    expect(await codeOf(copyPart(upload.UploadId, input))).toBe(expected);
  });
});

describe('lists', () => {
  test('parts in pages', async () => {
    const upload = await create('listed', { ChecksumAlgorithm: 'CRC32' });
    for (const number of [3, 1, 2]) await upload.part(number, second, { ChecksumAlgorithm: 'CRC32' });
    const page = await upload.list({ MaxParts: 2 });
    expect(page).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2', ChecksumAlgorithm: 'CRC32' });
    expect(page.Parts?.map((part) => [part.PartNumber, part.Size, part.ChecksumCRC32?.length])).toEqual([
      [1, 7, 8],
      [2, 7, 8],
    ]);
    const rest = await upload.list({ PartNumberMarker: page.NextPartNumberMarker });
    expect([rest.IsTruncated, rest.Parts?.map((part) => part.PartNumber)]).toEqual([false, [3]]);
  });

  test('uploads in pages, rolled up by a delimiter', async () => {
    const own = await s3.bucket();
    for (const Key of ['b', 'a', 'c/1', 'c/2', 'a'])
      await bare.send(new CreateMultipartUploadCommand({ Bucket: own, Key }));
    const list = (input: object) => bare.send(new ListMultipartUploadsCommand({ Bucket: own, ...input }));
    const keys = async (input: object) => (await list(input)).Uploads?.map((each) => each.Key);
    expect(await keys({})).toEqual(['a', 'a', 'b', 'c/1', 'c/2']);
    expect(await keys({ Prefix: 'c/' })).toEqual(['c/1', 'c/2']);
    const folders = await list({ Delimiter: '/' });
    expect(folders.CommonPrefixes).toEqual([{ Prefix: 'c/' }]);
    const page = await list({ MaxUploads: 1 });
    expect([page.IsTruncated, page.NextKeyMarker]).toEqual([true, 'a']);
    const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
    expect(await keys({ KeyMarker, UploadIdMarker })).toEqual(['a', 'b', 'c/1', 'c/2']);
    expect(await keys({ KeyMarker })).toEqual(['b', 'c/1', 'c/2']);
  });
});
