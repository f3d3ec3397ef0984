import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServiceFault } from '../../../src/local-cloud/service-fault.ts';
import type { Caller, WireRequest } from '../../../src/local-cloud/wire.ts';
import { account, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

const user: Caller = { kind: 'account', account, accessKeyId: 'A', arn: 'arn' };

function request(line: string, body = '', caller: Caller = user): WireRequest {
  const [method = '', target = ''] = line.split(' ');
  const [rawPath = '', query = ''] = target.split('?');
  return {
    id: 'id',
    service: 'cloudfront',
    method,
    rawPath,
    query: new URLSearchParams(query),
    host: 'localhost',
    headers: {},
    body: Buffer.from(body),
    trailers: {},
    caller,
  };
}

function codeOf(line: string, body?: string, caller?: Caller): string {
  try {
    at.cloud.handle(request(line, body, caller));
  } catch (error) {
    if (error instanceof ServiceFault) return `${error.code} ${error.status}`;
    throw error;
  }
  return 'accepted';
}

describe('operations are told apart', () => {
  test.each([
    ['POST /2020-05-31/distribution', 'CreateDistribution'],
    ['POST /2020-05-31/distribution?WithTags', 'CreateDistributionWithTags'],
    ['GET /2020-05-31/distribution?MaxItems=1', 'ListDistributions'],
    ['PUT /2020-05-31/distribution/E1/config', 'UpdateDistribution'],
    ['POST /2020-05-31/distribution/E1/invalidation', 'CreateInvalidation'],
    ['POST /2020-05-31/tagging?Operation=Tag&Resource=a', 'TagResource'],
    ['POST /2020-05-31/tagging?Operation=Untag&Resource=a', 'UntagResource'],
    ['GET /2020-05-31/function/f/describe?Stage=LIVE', 'DescribeFunction'],
    ['GET /2020-05-31/key-value-store/s', 'DescribeKeyValueStore'],
    ['GET /2020-05-31/streaming-distribution', 'Unknown'],
    ['GET /2019-03-26/distribution', 'Unknown'],
    ['GET /2020-05-31/distribution/%zz', 'Unknown'],
  ])('%s is %s', (line, operation) => {
    expect(at.cloud.operationOf(request(line))).toBe(operation);
  });
});

describe('what is refused before an operation begins', () => {
  test.each<[string, string, string, Caller, string]>([
    ['nobody', 'GET /2020-05-31/distribution', '', { kind: 'anonymous' }, 'AccessDenied 403'],
    [
      'a service',
      'GET /2020-05-31/distribution',
      '',
      { kind: 'service', service: 'cloudfront.amazonaws.com', sourceArn: '' },
      'AccessDenied 403',
    ],
    ['an operation that is not there', 'GET /2020-05-31/public-key', '', user, 'NotImplemented 501'],
    ['no body', 'POST /2020-05-31/distribution', '', user, 'MissingBody 400'],
    ['no XML', 'POST /2020-05-31/distribution', '<a>', user, 'MalformedXML 400'],
    ['another element', 'POST /2020-05-31/distribution', '<Tags/>', user, 'MalformedXML 400'],
    ['a page of nothing', 'GET /2020-05-31/distribution?MaxItems=0', '', user, 'InvalidArgument 400'],
  ])('%s', (_, line, body, caller, code) => {
    expect(codeOf(line, body, caller)).toBe(code);
  });
});
