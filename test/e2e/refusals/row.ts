import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { ErrorCode } from '../../../src/model/error-code.ts';
import type { FaultRule } from '../../support/faults.ts';
import type { Project } from '../../support/project.ts';
import { s3Client } from '../../support/s3-client.ts';
import type { TestCloud } from '../../support/start-cloud.ts';
import type { Tree } from '../../support/write-tree.ts';

/** A command that must be refused with nothing written anywhere. */
export interface Row {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: RegExp;
  readonly hint?: RegExp;
  /** Files of `dist/`. */
  readonly files?: Tree;
  /** Files beside `dist/`. */
  readonly beside?: Tree;
  /** The whole command line but `--json`; without `--site` where `named` is false. */
  readonly args?: readonly string[];
  readonly named?: false;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Variables that are known only when everything runs. */
  readonly lateEnv?: (cloud: TestCloud) => Promise<Readonly<Record<string, string>>>;
  readonly faults?: readonly FaultRule[];
  /** What happened before. */
  readonly before?: (project: Project) => Promise<unknown>;
}

/** Lets every call of an operation fail. */
export const deny = (op: string, status: number, code: string): readonly FaultRule[] => [
  { match: { op }, do: { status, code } },
];

export const published = (project: Project): Promise<unknown> => project.publish();

/** Writes an object as somebody else would. */
export async function put({ cloud, bucket: Bucket }: Project, Key: string, Body: string | Uint8Array): Promise<void> {
  await s3Client(cloud).send(new PutObjectCommand({ Bucket, Key, Body }));
}

/** Makes a bucket as somebody else would; with another access key, in another account. */
export async function makeBucket(
  cloud: TestCloud,
  Bucket: string,
  options: { readonly accessKeyId?: string; readonly region?: string } = {},
): Promise<void> {
  const region = options.region ?? 'eu-west-1';
  const CreateBucketConfiguration = { LocationConstraint: region as 'eu-west-1' };
  await s3Client(cloud, { ...options, region }).send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
}
