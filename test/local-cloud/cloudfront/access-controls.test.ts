import {
  CreateDistributionCommand,
  CreateOriginAccessControlCommand,
  DeleteOriginAccessControlCommand,
  GetOriginAccessControlCommand,
  GetOriginAccessControlConfigCommand,
  ListOriginAccessControlsCommand,
  type OriginAccessControlConfig,
  UpdateOriginAccessControlCommand,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { known, refusal, s3Origin, siteConfig, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

const configOf = (Name: string, changes: Partial<OriginAccessControlConfig> = {}): OriginAccessControlConfig => ({
  Name,
  SigningProtocol: 'sigv4',
  SigningBehavior: 'always',
  OriginAccessControlOriginType: 's3',
  ...changes,
});

async function create(Name: string, changes: object = {}, client = at.client) {
  const { OriginAccessControl, ETag } = await client.send(
    new CreateOriginAccessControlCommand({ OriginAccessControlConfig: configOf(Name, changes) }),
  );
  return { Id: known(OriginAccessControl?.Id), etag: known(ETag) };
}

test('is read as it was written', async () => {
  const { Id, etag } = await create('site', { Description: 'of a site' });
  const whole = await at.client.send(new GetOriginAccessControlCommand({ Id }));
  const config = configOf('site', { Description: 'of a site' });
  expect(whole.OriginAccessControl).toEqual({ Id, OriginAccessControlConfig: config });
  expect(whole.ETag).toBe(etag);
  const alone = await at.client.send(new GetOriginAccessControlConfigCommand({ Id }));
  expect(alone.OriginAccessControlConfig).toEqual(config);
  const { OriginAccessControlList } = await at.client.send(new ListOriginAccessControlsCommand({}));
  expect(OriginAccessControlList?.Items).toContainEqual({ Id, ...config });
});

test.each([
  ['a name that is taken', () => ({}), 'OriginAccessControlAlreadyExists 409'],
  ['a name of 65 characters', () => ({ Name: 'n'.repeat(65) }), 'InvalidArgument 400'],
  ['an unknown behavior', () => ({ Name: 'b', SigningBehavior: 'sometimes' }), 'MalformedXML 400'],
  ['no protocol', () => ({ Name: 'p', SigningProtocol: undefined }), 'MalformedXML 400'],
])('%s is refused', async (name, changes, code) => {
  await create(`taken by ${name}`);
  expect(await refusal(create(`taken by ${name}`, changes()))).toBe(code);
});

test('names are taken per account', async () => {
  await create('of both');
  expect(await refusal(create('of both', {}, at.foreign))).toBe('accepted');
});

test('an update needs the current ETag and gives another', async () => {
  const { Id, etag } = await create('before');
  const update = (IfMatch: string | undefined) =>
    at.client.send(new UpdateOriginAccessControlCommand({ Id, IfMatch, OriginAccessControlConfig: configOf('after') }));
  expect(await refusal(update(undefined))).toBe('InvalidIfMatchVersion 400');
  const { ETag } = await update(etag);
  expect(ETag).not.toBe(etag);
  expect(await refusal(update(etag))).toBe('PreconditionFailed 412');
});

test('cannot be deleted while a distribution bears it', async () => {
  const { Id, etag } = await create('borne');
  const remove = () => at.client.send(new DeleteOriginAccessControlCommand({ Id, IfMatch: etag }));
  const Origins = { Quantity: 1, Items: [s3Origin({ OriginAccessControlId: Id })] };
  await at.client.send(new CreateDistributionCommand({ DistributionConfig: siteConfig({ Origins }) }));
  expect(await refusal(remove())).toBe('OriginAccessControlInUse 409');
});

test('is gone when deleted', async () => {
  const { Id, etag } = await create('to be deleted');
  await at.client.send(new DeleteOriginAccessControlCommand({ Id, IfMatch: etag }));
  const read = at.client.send(new GetOriginAccessControlCommand({ Id }));
  expect(await refusal(read)).toBe('NoSuchOriginAccessControl 404');
});
