import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFrontClient,
  CreateOriginAccessControlCommand,
  ListOriginAccessControlsCommand,
} from '@aws-sdk/client-cloudfront';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../../src/local-cloud/start-local-cloud.ts';
import { findRunningCloud } from '../../../src/local-cloud/state/find-running-cloud.ts';
import { openJournal } from '../../../src/local-cloud/state/open-journal.ts';

const folders: string[] = [];
const clouds: LocalCloud[] = [];
afterEach(async () => {
  await Promise.all(clouds.splice(0).map((cloud) => cloud.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdnpub-state-'));
  folders.push(folder);
  return folder;
};
const start = async (stateDir: string) => {
  const cloud = await startLocalCloud({ stateDir });
  clouds.push(cloud);
  return cloud;
};
const config = ({ endpoint, accessKeyId, secretAccessKey }: LocalCloud) => ({
  endpoint,
  region: 'us-east-1',
  maxAttempts: 1,
  credentials: { accessKeyId, secretAccessKey },
});
const s3Of = (cloud: LocalCloud) => new S3Client({ ...config(cloud), forcePathStyle: true });

/** Fills a cloud with one of everything that must be there again. */
async function fill(cloud: LocalCloud): Promise<void> {
  const s3 = s3Of(cloud);
  await s3.send(new CreateBucketCommand({ Bucket: 'kept' }));
  for (const Key of ['a', 'é/\u0001\n', 'gone', 'over']) {
    await s3.send(new PutObjectCommand({ Bucket: 'kept', Key, Body: `first ${Key}`, CacheControl: 'no-cache' }));
  }
  await s3.send(new DeleteObjectCommand({ Bucket: 'kept', Key: 'gone' }));
  await s3.send(new PutObjectCommand({ Bucket: 'kept', Key: 'over', Body: 'second' }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'kept', VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(new CreateMultipartUploadCommand({ Bucket: 'kept', Key: 'large' }));
  const OriginAccessControlConfig = {
    Name: 'kept',
    OriginAccessControlOriginType: 's3',
    SigningBehavior: 'always',
    SigningProtocol: 'sigv4',
  } as const;
  await new CloudFrontClient(config(cloud)).send(new CreateOriginAccessControlCommand({ OriginAccessControlConfig }));
}

async function expectFilled(cloud: LocalCloud): Promise<void> {
  const s3 = s3Of(cloud);
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'kept' }));
  expect(listed.Contents?.map((each) => each.Key)).toEqual(['a', 'over', 'é/\u0001\n']);
  const odd = await s3.send(new GetObjectCommand({ Bucket: 'kept', Key: 'é/\u0001\n' }));
  expect([await odd.Body?.transformToString(), odd.CacheControl]).toEqual(['first é/\u0001\n', 'no-cache']);
  const over = await s3.send(new GetObjectCommand({ Bucket: 'kept', Key: 'over', Range: 'bytes=1-3' }));
  expect(await over.Body?.transformToString()).toBe('eco');
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket: 'kept' }))).Status).toBe('Enabled');
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'kept' }))).Uploads).toHaveLength(1);
  const controls = await new CloudFrontClient(config(cloud)).send(new ListOriginAccessControlsCommand({}));
  expect(controls.OriginAccessControlList?.Items?.map((each) => each.Name)).toEqual(['kept']);
}

describe('a state folder', () => {
  test('is there again after a restart, with the same keys', async () => {
    const folder = newFolder();
    const first = await start(folder);
    await fill(first);
    await clouds.pop()?.close();
    const second = await start(folder);
    expect(second.accessKeyId).toBe(first.accessKeyId);
    await expectFilled(second);
    // Bodies that were replaced or deleted are gone with their records.
    const bodies = readdirSync(join(folder, 'blobs'), { recursive: true, withFileTypes: true });
    expect(bodies.filter((each) => each.isFile())).toHaveLength(3);
  });

  test('is whole after an end without warning, even in the middle of a write', async () => {
    const folder = newFolder();
    await fill(await start(folder));
    const crashed = newFolder();
    cpSync(folder, crashed, { recursive: true });
    rmSync(join(crashed, 'lock.json'));
    appendFileSync(join(crashed, 'journal.jsonl'), '["[\\"object\\",\\"kept\\",\\"torn\\"]",[{"kind":"obj');
    writeFileSync(join(crashed, 'blobs', '00', '00000000-orphan'), 'nobody knows me');
    await expectFilled(await start(crashed));
    expect(readdirSync(join(crashed, 'blobs', '00'))).not.toContain('00000000-orphan');
  });

  test('keeps its keys to its owner and out of repositories', async () => {
    const folder = newFolder();
    const cloud = await start(folder);
    expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
    const other = await start(newFolder());
    expect(other.secretAccessKey).not.toBe(cloud.secretAccessKey);
  });

  test('is held by one cloud, which others can find and join', async () => {
    const folder = newFolder();
    expect(await findRunningCloud(folder)).toBeUndefined();
    const cloud = await start(folder);
    const { endpoint, siteUrl, accessKeyId, secretAccessKey, account } = cloud;
    const expected = { pid: process.pid, endpoint, siteUrl, accessKeyId, secretAccessKey, account };
    expect(await findRunningCloud(folder)).toEqual(expected);
    await expect(startLocalCloud({ stateDir: folder })).rejects.toMatchObject({ name: 'StateInUse' });
    await clouds.pop()?.close();
    expect(await findRunningCloud(folder)).toBeUndefined();
    await start(folder);
  });

  const deadPid = spawnSync(process.execPath, ['-e', '']).pid;
  test.each([
    ['of a dead process', { pid: deadPid, instance: 'x', endpoint: 'http://localhost:1', siteUrl: '' }],
    ['of a dead process that was starting', { pid: deadPid, instance: 'x', endpoint: '', siteUrl: '' }],
    [
      'whose process number is another program by now',
      { pid: process.pid, instance: 'x', endpoint: 'http://localhost:1', siteUrl: '' },
    ],
    ['that is damaged', undefined],
  ])('with a lock %s is taken over', async (_name, lock) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'lock.json'), JSON.stringify(lock) ?? '{"pid":');
    expect(await findRunningCloud(folder)).toBeUndefined();
    await start(folder);
    expect(readdirSync(folder).filter((name) => name.startsWith('lock.json'))).toEqual(['lock.json']);
  });

  test('that cannot be served is let go again', async () => {
    const folder = newFolder();
    const cloud = await start(newFolder());
    const cloudPort = Number(new URL(cloud.endpoint).port);
    await expect(startLocalCloud({ stateDir: folder, cloudPort })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await expect(startLocalCloud({ stateDir: folder, port: cloudPort })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await start(folder);
  });
});

describe('the journal', () => {
  test('keeps the newest of each record and drops what was dropped', () => {
    const folder = newFolder();
    const journal = openJournal(folder);
    for (const [name, value] of [
      ['a', 1],
      ['b', 2],
      ['a', { x: 'é\n' }],
      ['b', undefined],
      ['c', null],
    ] as const) {
      journal.write(name, value);
    }
    journal.close();
    const again = openJournal(folder);
    expect([...again.entries()]).toEqual([
      ['a', { x: 'é\n' }],
      ['c', null],
    ]);
    again.close();
    expect(readFileSync(join(folder, 'journal.jsonl'), 'utf8').split('\n')).toHaveLength(3);
  });

  test('with a damaged line is refused by name', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'journal.jsonl'), '["a",1]\nnonsense\n["b",2]\n');
    expect(() => openJournal(folder)).toThrow('journal.jsonl is damaged');
  });
});

test('the local cloud listens on 127.0.0.1 only', async () => {
  const cloud = await start(newFolder());
  for (const url of [cloud.endpoint, cloud.siteUrl]) {
    const port = Number(new URL(url).port);
    expect(await canConnect('127.0.0.1', port)).toBe(true);
    // The whole of 127.0.0.0/8 is this machine: a server that listened on every address would answer here too.
    expect(await canConnect('127.0.0.2', port)).toBe(false);
  }
});

function canConnect(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
  });
}
