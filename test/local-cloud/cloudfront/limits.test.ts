import {
  CreateFunctionCommand,
  CreateOriginAccessControlCommand,
  type DistributionConfig,
} from '@aws-sdk/client-cloudfront';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControl, createFunction, functionArn, listOf } from './rule-table.ts';
import { behavior, createSite, refusal, s3Origin, startTestCloud, type TestCloud } from './support.ts';

let at: TestCloud;
beforeAll(async () => {
  at = await startTestCloud();
});
afterAll(() => at.close());

/** Calls `make` so many times, then once more. */
async function oneMoreThan(most: number, make: (index: number) => Promise<unknown>): Promise<string> {
  for (let index = 0; index < most; index += 1) await make(index);
  return refusal(make(most));
}

test('100 functions per account', async () => {
  const FunctionConfig = { Comment: '', Runtime: 'cloudfront-js-2.0' as const };
  const FunctionCode = Buffer.from('x');
  const create = (index: number) =>
    at.foreign.send(new CreateFunctionCommand({ Name: `f${index}`, FunctionConfig, FunctionCode }));
  expect(await oneMoreThan(100, create)).toBe('TooManyFunctions 400');
});

test('100 origin access controls per account', async () => {
  const create = (index: number) =>
    at.foreign.send(
      new CreateOriginAccessControlCommand({
        OriginAccessControlConfig: {
          Name: `o${index}`,
          SigningProtocol: 'sigv4',
          SigningBehavior: 'always',
          OriginAccessControlOriginType: 's3',
        },
      }),
    );
  expect(await oneMoreThan(100, create)).toBe('TooManyOriginAccessControls 400');
});

test('100 distributions per origin access control and per function, 500 per account', async () => {
  const OriginAccessControlId = await createControl(at.client, 's3');
  await createFunction(at.client, 'shared', 'LIVE');
  const withControl: Partial<DistributionConfig> = { Origins: listOf(s3Origin({ OriginAccessControlId })) };
  const FunctionAssociations = listOf({ EventType: 'viewer-request' as const, FunctionARN: functionArn('shared') });
  const withFunction = { DefaultCacheBehavior: behavior({ FunctionAssociations }) };
  expect(await oneMoreThan(100, () => createSite(at.client, withControl))).toBe(
    'TooManyDistributionsAssociatedToOriginAccessControl 400',
  );
  expect(await oneMoreThan(100, () => createSite(at.client, withFunction))).toBe(
    'TooManyDistributionsWithFunctionAssociations 400',
  );
  expect(await oneMoreThan(300, () => createSite(at.client))).toBe('TooManyDistributions 400');
});
