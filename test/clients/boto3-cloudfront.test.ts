import { afterAll, beforeAll, expect, test } from 'vitest';
import { boto3, runBoto3 } from './boto3.ts';
import { cloudFrontRows, storeRows } from './cloudfront-rows.ts';
import { type DeployedCloud, deployCloud } from './deployed-cloud.ts';
import { describeClient, findClient } from './find-client.ts';

/** The local CloudFront as boto3 meets it, after a real deploy and a change. */
const awscrt = findClient('awscrt', ['python3', '-c', 'import boto3, awscrt; print("awscrt", awscrt.__version__)']);

let deployed: DeployedCloud | undefined;

beforeAll(async () => {
  if (typeof boto3 !== 'string') deployed = await deployCloud();
});

afterAll(() => deployed?.close());

describeClient('boto3', { client: boto3, checks: cloudFrontRows.length }, () => rowsAreMet(cloudFrontRows));
describeClient('awscrt', { client: awscrt, checks: storeRows.length }, () => rowsAreMet(storeRows));

function rowsAreMet(rows: typeof cloudFrontRows): void {
  let came: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    if (deployed === undefined) throw new Error('nothing was deployed');
    const { cloud, second } = deployed;
    const { id = '', domain = '' } = { ...second.distribution };
    const [invalidation] = second.invalidations;
    const names = { distribution: id, domain, bucket: second.bucket, invalidation: invalidation?.id };
    came = await runBoto3(cloud.cloud, rows, names);
  });

  test.each(rows.map(([name, , expected]) => ({ name, expected })))('$name', ({ name, expected }) => {
    expect(came[name]).toEqual(expected);
  });
}
