import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud/start-local-cloud.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud();
});
afterAll(() => cloud.close());

const client = (credentials: { accessKeyId: string; secretAccessKey: string }) =>
  new STSClient({ endpoint: cloud.endpoint, region: 'eu-west-1', credentials, maxAttempts: 1 });

test('the cloud key belongs to its account', async () => {
  const identity = await client(cloud).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/local' });
});

test('any other key belongs to nobody in particular', async () => {
  const identity = await client({ accessKeyId: 'X', secretAccessKey: 'y' }).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/local' });
});

test('the wrong secret is refused', async () => {
  const call = client({ ...cloud, secretAccessKey: 'wrong' }).send(new GetCallerIdentityCommand({}));
  await expect(call).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
});

test('other actions are unknown', async () => {
  const call = client(cloud).send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::1:role/x', RoleSessionName: 'sess' }));
  await expect(call).rejects.toMatchObject({ name: 'InvalidAction', $metadata: { httpStatusCode: 400 } });
});
