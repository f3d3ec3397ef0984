import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/**
 * What a behaviour of the local cloud rests on: AWS's page and sentence (of a table of quotas, its entry), and the row that holds the behaviour to it. What
 * no sentence was found for stands in docs/architecture.md, "Not proven on AWS".
 */
type Row = readonly [behaviour: string, page: string, sentence: string, file: string, row: string];

const guide = (page: string) => `CloudFront developer guide, "${page}"`;
const reference = (page: string) => `CloudFront API reference, ${page}`;

const allFunctions = guide('Restrictions on all edge functions');
const quotas = guide('Quotas');
const functionTests = 'cloudfront/functions.test.ts';
const keyTests = 'keyvaluestore/keys.test.ts';
const importTests = 'cloudfront/import-source.test.ts';
const originTests = 'edge/custom-origins.test.ts';
const results = 'sandbox/validate-result.test.ts';
const fileFormat = guide('File format for key-value pairs');
const errorCodes = guide('How CloudFront processes HTTP 4xx and 5xx status codes from your origin');

const tables: Readonly<Record<string, readonly Row[]>> = {
  functions: [
    [
      'published text runs wherever the function is named',
      reference('PublishFunction'),
      'This automatically updates all cache behaviors that are using this function to use the newly published copy in the LIVE stage.',
      functionTests,
      'publishing copies to LIVE, an update leaves LIVE as it is',
    ],
    [
      'one that is not LIVE cannot be named',
      reference('FunctionAssociations'),
      'Your functions must be published to the LIVE stage to associate them with a cache behavior.',
      'cloudfront/behavior-rules.test.ts',
      'never published',
    ],
    [
      'viewer events alone',
      reference('FunctionAssociation'),
      'You cannot use origin-facing event types (origin-request and origin-response) with a CloudFront function.',
      'cloudfront/behavior-rules.test.ts',
      'at an origin event',
    ],
    ['10 KB of text', quotas, 'Quotas on CloudFront Functions: 10 KB of function code', functionTests, '10,241 bytes'],
    [
      'one that is in use is not deleted',
      reference('DeleteFunction'),
      "You cannot delete a function if it's associated with a cache behavior.",
      functionTests,
      'not while a behavior runs it',
    ],
    [
      'none for an answer of 400 and more',
      allFunctions,
      "CloudFront doesn't invoke edge functions for viewer response events when the origin returns HTTP status code 400 or higher.",
      'edge/errors.test.ts',
      'no function runs for the page, nor for the answer it gives',
    ],
    [
      'headers that can be read only',
      allFunctions,
      "Other headers are read-only, which means functions can read them but can't add, modify, or delete them.",
      results,
      "headers['host'] is read-only",
    ],
    [
      'headers that are not shown, and a 502 for one that is added',
      allFunctions,
      'If your function adds one of these headers, it fails CloudFront validation and CloudFront returns HTTP status code 502 (Bad Gateway) to the viewer.',
      results,
      "headers['x-edge-a'] is disallowed",
    ],
  ],
  TestFunction: [
    [
      'the event object that comes of it, logs and share of time',
      guide('Test functions'),
      "Returns the function's result (the modified event object) along with any function logs or error messages and the function's compute utilization.",
      functionTests,
      'tells what the function made of the event',
    ],
    [
      'an error of the function is a result',
      reference('TestResult'),
      'If the result of testing the function was an error, this field contains the error message.',
      functionTests,
      'tells an error of the function as a result',
    ],
  ],
  KeyValueStore: [
    [
      'all or nothing',
      'CloudFront KeyValueStore API reference, UpdateKeys',
      'Puts or deletes multiple key-value pairs in a single, all-or-nothing operation.',
      keyTests,
      'all or nothing',
    ],
    [
      'every write names the version',
      'CloudFront KeyValueStore API reference, UpdateKeys',
      'The current version (ETag) of the key value store that you are updating keys of, which you can get by using the DescribeKeyValueStore API operation. Required: Yes',
      keyTests,
      'none is refused',
    ],
    [
      'one that is not READY',
      'CloudFront KeyValueStore API reference, ConflictException',
      'Resource is not in expected state.',
      keyTests,
      'one that is not READY is a conflict',
    ],
    ['its size', quotas, 'Quotas on key value stores: 5 MB a store', keyTests, '5 MB and no more'],
    [
      'keys and values',
      quotas,
      'Quotas on key value stores: 512 bytes a key, 1 KB a value',
      keyTests,
      'a value of 1,025 bytes',
    ],
    [
      'keys of a call',
      quotas,
      'Quotas on key value stores: 50 key-value pairs or 3 MB in one API request',
      keyTests,
      '51 keys',
    ],
  ],
  ImportSource: [
    [
      'the format of the file',
      fileFormat,
      '{ "data":[ { "key":"key1", "value":"value" }, { "key":"key2", "value":"value" } ] }',
      importTests,
      'a store is READY with what the file says',
    ],
    ['no key twice', fileFormat, "Your file can't include duplicate keys.", importTests, 'a key twice'],
    ['the size of the file', fileFormat, 'File size – 5 MB', importTests, 'more than 5 MB'],
    ['the size of a key', fileFormat, 'Key size – 512 characters', importTests, 'a key of 513 bytes'],
    ['the size of a value', fileFormat, 'Value size – 1024 characters', importTests, 'a value of 1,025 bytes'],
    [
      'who may',
      guide('Create a key value store'),
      "If you specify your data source from an Amazon S3 bucket, you must have the s3:GetObject and s3:GetBucketLocation permissions to that bucket. If you don't have these permissions, CloudFront can't successfully create your key value store.",
      importTests,
      'no right to ask where the bucket is',
    ],
    [
      'one kind of source',
      reference('ImportSource'),
      'SourceType: Valid Values: S3',
      importTests,
      'another source type',
    ],
    [
      'why it failed is told by the data plane',
      'CloudFront KeyValueStore API reference, DescribeKeyValueStore',
      'FailureReason: The reason for Key Value Store creation failure.',
      importTests,
      'the store never becomes READY and tells why',
    ],
  ],
  'custom origins': [
    [
      'a server that breaks the connection',
      guide('Request and response behavior for custom origins'),
      'CloudFront tries up to 3 times, as determined by the origin connection attempts setting',
      'edge/errors.test.ts',
      'an origin that breaks the connection is tried 3 times, then a 502',
    ],
    [
      'a stale object stands in for a 5xx',
      errorCodes,
      'If your origin returns a 5xx status code, CloudFront serves the object even though it has expired.',
      'edge/errors.test.ts',
      'an expired object stands in for a 5xx, until the error caching minimum TTL has passed',
    ],
    [
      'an origin request policy needs a cache policy',
      guide('Control origin requests with a policy'),
      'To use an origin request policy, a cache policy must be attached to the cache behavior',
      'cloudfront/behavior-rules.test.ts',
      'an origin request policy alone',
    ],
    [
      'ports',
      guide('Origin settings'),
      'Valid values include ports 80, 443, and 1024 to 65535.',
      'cloudfront/origin-rules.test.ts',
      'port 81',
    ],
    [
      'its own Host, with path and query',
      reference('OriginRequestPolicyHeadersConfig'),
      'allExcept – All HTTP headers in viewer requests are included in requests that CloudFront sends to the origin, except for those listed in the Headers type, which are not included.',
      originTests,
      'with path, query, cookies and headers, under its own Host',
    ],
  ],
};

describe.each(Object.entries(tables))('%s', (_, rows) => {
  test.each(rows)('%s', (_behaviour, page, sentence, file, row) => {
    const path = `test/local-cloud/${file}`;
    expect([page, sentence].every((text) => text.length > 0)).toBe(true);
    expect(existsSync(path) && readFileSync(path, 'utf8')).toContain(row);
  });
});
