import {
  CreateDistributionCommand,
  CreateFunctionCommand,
  CreateKeyValueStoreCommand,
  DeleteFunctionCommand,
  DescribeFunctionCommand,
  type FunctionConfig,
  GetFunctionCommand,
  ListFunctionsCommand,
  PublishFunctionCommand,
  TestFunctionCommand,
  UpdateFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionArn } from './rule-table.ts';
import { behavior, known, refusal, siteConfig, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

const code = (text: string) => Buffer.from(text);
const config: FunctionConfig = { Comment: 'c', Runtime: 'cloudfront-js-2.0' };

const create = (Name: string, changes: object = {}, text = 'first') =>
  at.client.send(
    new CreateFunctionCommand({ Name, FunctionConfig: { ...config, ...changes }, FunctionCode: code(text) }),
  );
const update = (Name: string, IfMatch: string, text: string) =>
  at.client.send(new UpdateFunctionCommand({ Name, IfMatch, FunctionConfig: config, FunctionCode: code(text) }));
const publish = (Name: string, IfMatch: string) => at.client.send(new PublishFunctionCommand({ Name, IfMatch }));
const remove = (Name: string, IfMatch: string) => at.client.send(new DeleteFunctionCommand({ Name, IfMatch }));
const describeStage = (Name: string, Stage?: 'DEVELOPMENT' | 'LIVE') =>
  at.client.send(new DescribeFunctionCommand({ Name, ...(Stage && { Stage }) }));

async function read(Name: string, Stage?: 'DEVELOPMENT' | 'LIVE') {
  const answer = await at.client.send(new GetFunctionCommand({ Name, ...(Stage && { Stage }) }));
  return { text: await bytesOf(answer.FunctionCode), etag: answer.ETag, type: answer.ContentType };
}

async function bytesOf(body: unknown): Promise<string> {
  return Buffer.from(body as Uint8Array).toString('utf8');
}

async function associate(name: string) {
  const Items = [{ EventType: 'viewer-request' as const, FunctionARN: functionArn(name) }];
  const DefaultCacheBehavior = behavior({ FunctionAssociations: { Quantity: 1, Items } });
  await at.client.send(new CreateDistributionCommand({ DistributionConfig: siteConfig({ DefaultCacheBehavior }) }));
}

describe('stages', () => {
  test('a new function is in DEVELOPMENT alone', async () => {
    const { FunctionSummary, ETag, Location } = await create('fresh');
    expect(FunctionSummary).toMatchObject({
      Name: 'fresh',
      Status: 'UNPUBLISHED',
      FunctionConfig: { ...config, KeyValueStoreAssociations: { Quantity: 0 } },
      FunctionMetadata: { FunctionARN: functionArn('fresh'), Stage: 'DEVELOPMENT' },
    });
    expect(Location).toBe('https://cloudfront.amazonaws.com/2020-05-31/function/fresh');
    expect(await read('fresh')).toEqual({ text: 'first', etag: ETag, type: 'application/octet-stream' });
    expect(await refusal(describeStage('fresh', 'LIVE'))).toBe('NoSuchFunctionExists 404');
    expect(await refusal(read('fresh', 'LIVE'))).toBe('NoSuchFunctionExists 404');
  });

  test('publishing copies to LIVE, an update leaves LIVE as it is', async () => {
    const created = await create('staged');
    const published = await publish('staged', known(created.ETag));
    expect(published.FunctionSummary).toMatchObject({ Status: 'UNASSOCIATED', FunctionMetadata: { Stage: 'LIVE' } });
    const updated = await update('staged', known(created.ETag), 'second');
    expect(known(updated.ETag)).not.toBe(created.ETag);
    expect((await read('staged', 'LIVE')).text).toBe('first');
    expect((await read('staged', 'DEVELOPMENT')).text).toBe('second');
    expect((await describeStage('staged')).FunctionSummary?.Status).toBe('UNPUBLISHED');
    expect((await describeStage('staged', 'LIVE')).FunctionSummary?.Status).toBe('UNASSOCIATED');
    await publish('staged', known(updated.ETag));
    expect((await read('staged', 'LIVE')).text).toBe('second');
  });

  test('each stage has an ETag of its own, and writes need that of DEVELOPMENT', async () => {
    const created = await create('etags');
    await publish('etags', known(created.ETag));
    const live = known((await describeStage('etags', 'LIVE')).ETag);
    expect((await describeStage('etags', 'DEVELOPMENT')).ETag).toBe(created.ETag);
    expect(live).not.toBe(created.ETag);
    expect(await refusal(update('etags', live, 'x'))).toBe('PreconditionFailed 412');
    expect(await refusal(publish('etags', live))).toBe('PreconditionFailed 412');
    expect(await refusal(remove('etags', live))).toBe('PreconditionFailed 412');
    expect(await refusal(publish('etags', 'nonsense'))).toBe('InvalidIfMatchVersion 400');
  });

  test('an associated function is IN_PROGRESS until it is DEPLOYED', async () => {
    const { ETag } = await create('used');
    await publish('used', known(ETag));
    await associate('used');
    const status = async () => (await describeStage('used', 'LIVE')).FunctionSummary?.Status;
    expect(await status()).toBe('IN_PROGRESS');
    at.advance(300);
    expect(await status()).toBe('DEPLOYED');
    await publish('used', known(ETag));
    expect(await status()).toBe('IN_PROGRESS');
  });

  test('lists hold every stage, or one', async () => {
    const { ETag } = await create('listed');
    await publish('listed', known(ETag));
    const stages = async (Stage?: 'DEVELOPMENT' | 'LIVE') => {
      const { FunctionList } = await at.client.send(new ListFunctionsCommand({ ...(Stage && { Stage }) }));
      const own = FunctionList?.Items?.filter((item) => item.Name === 'listed') ?? [];
      return own.map((item) => item.FunctionMetadata?.Stage);
    };
    expect(await stages()).toEqual(['DEVELOPMENT', 'LIVE']);
    expect(await stages('LIVE')).toEqual(['LIVE']);
    expect(await refusal(at.client.send(new ListFunctionsCommand({ Stage: 'X' as 'LIVE' })))).toBe(
      'InvalidArgument 400',
    );
  });
});

describe('delete', () => {
  test('not while a behavior runs it', async () => {
    const { ETag } = await create('attached');
    await publish('attached', known(ETag));
    await associate('attached');
    expect(await refusal(remove('attached', known(ETag)))).toBe('FunctionInUse 409');
  });

  test('both stages are gone', async () => {
    const { ETag } = await create('gone');
    await publish('gone', known(ETag));
    await remove('gone', known(ETag));
    expect(await refusal(describeStage('gone', 'LIVE'))).toBe('NoSuchFunctionExists 404');
    expect(await refusal(remove('gone', known(ETag)))).toBe('NoSuchFunctionExists 404');
  });
});

describe('rules', () => {
  const store = (...arns: string[]) => ({
    KeyValueStoreAssociations: { Quantity: arns.length, Items: arns.map((KeyValueStoreARN) => ({ KeyValueStoreARN })) },
  });
  let arn: string;
  let young: string;
  beforeAll(async () => {
    const make = async (Name: string) =>
      known((await at.client.send(new CreateKeyValueStoreCommand({ Name }))).KeyValueStore?.ARN);
    arn = await make('rules');
    at.advance(100);
    young = await make('young');
  });

  test.each([
    ['10,240 bytes', 'largest', () => ({}), 'c'.repeat(10_240), 'accepted'],
    ['10,241 bytes', 'larger', () => ({}), 'c'.repeat(10_241), 'FunctionSizeLimitExceeded 413'],
    ['no code', 'empty', () => ({}), '', 'InvalidArgument 400'],
    ['a name that is taken', 'taken', () => ({}), 'x', 'FunctionAlreadyExists 409'],
    ['a name with a dot', 'a.b', () => ({}), 'x', 'InvalidArgument 400'],
    ['a name of 65 characters', 'n'.repeat(65), () => ({}), 'x', 'InvalidArgument 400'],
    ['an unknown runtime', 'runtime', () => ({ Runtime: 'cloudfront-js-3.0' }), 'x', 'MalformedXML 400'],
    ['no comment', 'comment', () => ({ Comment: undefined }), 'x', 'MalformedXML 400'],
    ['one store', 'one', () => store(arn), 'x', 'accepted'],
    ['two stores', 'two', () => store(arn, arn), 'x', 'InvalidArgument 400'],
    [
      'a store with runtime 1.0',
      'old',
      () => ({ Runtime: 'cloudfront-js-1.0', ...store(arn) }),
      'x',
      'InvalidArgument 400',
    ],
    ['a store that does not exist', 'none', () => store(`${arn}x`), 'x', 'InvalidArgument 400'],
    ['a store that is not READY', 'early', () => store(young), 'x', 'InvalidArgument 400'],
  ])('%s', async (_, name, changes, text, expected) => {
    await refusal(create('taken'));
    expect(await refusal(create(name, changes(), text))).toBe(expected);
  });

  describe('TestFunction', () => {
    const event = {
      version: '1.0',
      context: {
        distributionDomainName: 'd1.localhost',
        distributionId: 'E1',
        eventType: 'viewer-request',
        requestId: 'r',
      },
      viewer: { ip: '1.2.3.4' },
      request: { method: 'GET', uri: '/a', querystring: {}, headers: {}, cookies: {} },
    };
    const ask = async (Name: string, IfMatch: string, EventObject = code(JSON.stringify(event))) =>
      (await at.client.send(new TestFunctionCommand({ Name, IfMatch, Stage: 'DEVELOPMENT', EventObject }))).TestResult;

    test('tells what the function made of the event', async () => {
      const text = 'function handler(event) { console.log("seen"); event.request.uri += "b"; return event.request; }';
      const { ETag } = await create('rewrites', {}, text);
      const result = await ask('rewrites', known(ETag));
      expect(JSON.parse(known(result?.FunctionOutput))).toMatchObject({ request: { uri: '/ab' } });
      expect(Number(result?.ComputeUtilization)).toBeGreaterThan(0);
      expect(result?.FunctionExecutionLogs?.join()).toContain('seen');
      expect(result?.FunctionErrorMessage ?? '').toBe('');
    });

    test('tells an error of the function as a result', async () => {
      const { ETag } = await create('throws', {}, 'function handler() { throw new Error("no luck"); }');
      expect((await ask('throws', known(ETag)))?.FunctionErrorMessage).toContain('no luck');
    });

    test('refuses another ETag, and what is no event', async () => {
      const { ETag } = await create('tested');
      expect(await refusal(ask('tested', 'E0000000'))).toBe('PreconditionFailed 412');
      expect(await refusal(ask('tested', known(ETag), code('{}')))).toBe('InvalidArgument 400');
    });
  });
});
