import {
  CreateDistributionCommand,
  CreateFunctionCommand,
  CreateOriginAccessControlCommand,
  type DistributionConfig,
  PublishFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { describe, expect, test } from 'vitest';
import { account, behavior, known, refusal, siteConfig, type TestCloud } from './support.ts';

/** Members that replace those of a good config; also ones that the types forbid. */
export type Changes = Partial<{ [K in keyof DistributionConfig]: unknown }>;
export type Row = readonly [name: string, changes: () => Changes, expected: string];

/** Runs each row of each table as one CreateDistribution. */
export function checkRules(cloud: () => TestCloud, tables: Readonly<Record<string, readonly Row[]>>): void {
  for (const [name, table] of Object.entries(tables)) {
    describe(name, () => {
      test.each(table)('%s', async (_, changes, expected) => {
        const DistributionConfig = { ...siteConfig(), ...changes() } as DistributionConfig;
        const created = cloud().client.send(new CreateDistributionCommand({ DistributionConfig }));
        expect(await refusal(created)).toBe(expected);
      });
    });
  }
}

export const listOf = <T>(...Items: T[]) => ({ Quantity: Items.length, Items });

export const defaultBehavior = (changes: object): Changes => ({ DefaultCacheBehavior: { ...behavior(), ...changes } });

export const functionArn = (name: string) => `arn:aws:cloudfront::${account}:function/${name}`;

export async function createControl(client: TestCloud['client'], type: 's3' | 'lambda'): Promise<string> {
  const OriginAccessControlConfig = {
    Name: type,
    SigningProtocol: 'sigv4' as const,
    SigningBehavior: 'always' as const,
    OriginAccessControlOriginType: type,
  };
  const { OriginAccessControl } = await client.send(
    new CreateOriginAccessControlCommand({ OriginAccessControlConfig }),
  );
  return known(OriginAccessControl?.Id);
}

export async function createFunction(client: TestCloud['client'], Name: string, stage: 'DEVELOPMENT' | 'LIVE') {
  const FunctionConfig = { Comment: '', Runtime: 'cloudfront-js-2.0' as const };
  const FunctionCode = Buffer.from('function handler(event) { return event.request; }');
  const { ETag } = await client.send(new CreateFunctionCommand({ Name, FunctionConfig, FunctionCode }));
  if (stage === 'LIVE') await client.send(new PublishFunctionCommand({ Name, IfMatch: known(ETag) }));
}
