import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awsCli, runAwsCli } from './aws-cli.ts';
import { cloudFrontRows, s3Rows } from './aws-cli-rows.ts';
import { type DeployedCloud, deployCloud } from './deployed-cloud.ts';
import { describeClient } from './find-client.ts';

/** The local cloud as the AWS CLI meets it, after a real deploy and a change. */
const rows = [...s3Rows, ...cloudFrontRows];

describeClient('AWS CLI', { client: awsCli, checks: rows.length + 1 }, () => {
  let deployed: DeployedCloud;
  let folder: string;

  beforeAll(async () => {
    deployed = await deployCloud();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-aws-cli-')));
    mkdirSync(join(folder, 'tree'));
    writeFileSync(join(folder, 'small.txt'), 'small\n');
    writeFileSync(join(folder, 'big.bin'), Buffer.alloc(20_000_000, 'cdnpub'));
    writeFileSync(join(folder, 'tree/1 + é.html'), 'odd');
  });

  afterAll(async () => {
    await deployed.close();
    rmSync(folder, { recursive: true });
  });

  test.each(rows)('aws %s', async (command, expected) => {
    const { distribution, invalidations } = deployed.second;
    const words: Record<string, string> = { ID: distribution?.id ?? '', INV: invalidations[0]?.id ?? '' };
    const argv = command.split(' ').map((word) => words[word] ?? word);
    const { code, stdout, stderr } = await runAwsCli(deployed.cloud, argv, folder);
    const output = code === 0 ? stdout : stderr;
    if (expected instanceof RegExp) expect(output).toMatch(expected);
    else if (argv.includes('--query')) expect(JSON.parse(output)).toEqual(expected);
    else expect(output).toBe(expected);
  });

  test('files came back as they went', () => {
    expect(readFileSync(join(folder, 'back.bin')).equals(readFileSync(join(folder, 'big.bin')))).toBe(true);
    expect(readFileSync(join(folder, 'copy/1 + é.html'), 'utf8')).toBe('odd');
  });
});
