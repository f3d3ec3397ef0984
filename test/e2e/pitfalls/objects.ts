import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { smallSite } from '../../support/project.ts';
import { headOf, keysOf, siteKeysOf, textOf } from '../../support/read-bucket.ts';
import { s3Client } from '../../support/s3-client.ts';
import { makeBucket, put } from '../refusals/row.ts';
import { largeFile, type Pitfall, settled } from './pitfall.ts';

/** Comparing, uploading and deleting. */
export const objectPitfalls: readonly Pitfall[] = [
  {
    id: 'D1',
    what: 'an ETag is no MD5 where an object went up in parts: it is not sent again, and a change is seen',
    async run(open) {
      const bench = await open({ ...smallSite, 'film.bin': largeFile('a') });
      await bench.publish();
      expect((await headOf(bench.project, 'film.bin')).ETag).toMatch(/-\d+"$/);
      expect(await settled(bench)).toBe(true);
      bench.project.build({ 'film.bin': largeFile('b') });
      expect((await bench.publish()).files.changed).toEqual(['film.bin']);
      expect(await settled(bench)).toBe(true);
    },
  },
  {
    id: 'D1',
    what: 'an ETag is no MD5 under KMS: 32 digits prove nothing',
    async run(open) {
      const bench = await open();
      await bench.publish();
      const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }];
      const ServerSideEncryptionConfiguration = { Rules };
      await s3Client(bench.cloud).send(
        new PutBucketEncryptionCommand({ Bucket: bench.project.bucket, ServerSideEncryptionConfiguration }),
      );
      bench.project.build({ 'style.css': 'body {}', 'new.css': 'body {}' });
      await bench.publish();
      const tags = await Promise.all(['style.css', 'new.css'].map((key) => headOf(bench.project, key)));
      expect(new Set(tags.map(({ ETag }) => ETag)).size).toBe(2);
      expect(await settled(bench)).toBe(true);
    },
  },
  {
    id: 'D2',
    what: 'another content of the same size is seen, even under an older time',
    async run(open) {
      const { project, publish } = await open({ ...smallSite, 'a.txt': 'one' });
      await publish();
      project.build({ 'a.txt': 'two' });
      utimesSync(join(project.cwd, 'dist/a.txt'), new Date(0), new Date(0));
      expect((await publish()).files.changed).toEqual(['a.txt']);
      expect(await textOf(project, 'a.txt')).toBe('two');
    },
  },
  {
    id: 'D4',
    what: 'one header that changes takes none of the others away',
    async run(open) {
      const { project, publish } = await open();
      const set = { 'content-language': 'de', 'content-disposition': 'inline', 'x-amz-meta-by': 'ann' };
      const rules = (more: Record<string, string>) => ({
        headers: [{ match: '*.css', set: { ...set, ...more }, unset: [] }],
      });
      await publish({ settings: rules({}) });
      const before = await headOf(project, 'style.css');
      expect((await publish({ settings: rules({ 'cache-control': 'no-cache' }) })).files.headers).toEqual([
        'style.css',
      ]);
      const after = await headOf(project, 'style.css');
      expect(after).toMatchObject({ CacheControl: 'no-cache', ContentLanguage: 'de', Metadata: { by: 'ann' } });
      for (const name of ['ContentType', 'ContentDisposition', 'ContentLanguage', 'Metadata', 'ETag'] as const)
        expect(after[name]).toEqual(before[name]);
    },
  },
  {
    id: 'D6',
    what: 'two files that change places are two changes',
    async run(open) {
      const { project, publish } = await open({ ...smallSite, 'a.txt': 'one', 'b.txt': 'two' });
      await publish();
      project.build({ 'a.txt': 'two', 'b.txt': 'one' });
      expect((await publish()).files.changed).toEqual(['a.txt', 'b.txt']);
      expect([await textOf(project, 'a.txt'), await textOf(project, 'b.txt')]).toEqual(['two', 'one']);
    },
  },
  {
    id: 'U1',
    what: 'after a failed upload no page is changed and nothing is deleted',
    async run(open) {
      const { cloud, project, publish, deploy } = await open({ ...smallSite, 'old.txt': 'old' });
      await publish();
      project.unbuild('about', 'old.txt');
      project.build({ 'a.css': 'new', 'style.css': 'new', 'index.html': 'new' });
      await cloud.setFaults([{ match: { op: 'PutObject', key: 'a.css' }, do: { status: 403, code: 'AccessDenied' } }]);
      expect(await deploy()).toMatchObject({ ok: false, state: 'partial' });
      expect(await siteKeysOf(project)).toEqual([...Object.keys(smallSite), 'old.txt'].sort());
      expect(await textOf(project, 'index.html')).toBe(smallSite['index.html']);
    },
  },
  {
    id: 'U3',
    what: 'no more files are under way at once than were allowed',
    async run(open) {
      const { cloud, project, publish, deploy } = await open();
      await publish();
      project.build(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`files/${n}.txt`, `${n}`])));
      await cloud.setFaults([{ match: { op: 'PutObject', key: 'files/*' }, do: { hold: true } }]);
      const { next } = await cloud.requests();
      const deploying = deploy({ concurrency: 4 });
      const begun = async () =>
        (await cloud.requests(next)).requests.filter(({ key }) => key?.startsWith('files/')).length;
      while ((await begun()) < 4) await sleep(20);
      await sleep(200);
      expect(await begun()).toBe(4);
      await cloud.clearFaults();
      expect(await deploying).toMatchObject({ state: 'live' });
    },
  },
  {
    id: 'X1',
    what: 'a folder of a bucket is matched to the letter: neighbours that only look alike stay',
    async run(open) {
      const { project, publish } = await open();
      const { bucket } = project;
      await makeBucket(project.cloud, 'shared-files');
      const neighbours = ['a.b', 'a.bc/index.html', 'aXb/index.html', 'a.b/theirs.txt', 'index.html'];
      for (const key of neighbours) await put({ ...project, bucket: 'shared-files' }, key, 'theirs');
      const place = { settings: { bucket: 'shared-files', prefix: 'a.b/' }, allowed: { ...allowed, adopt: true } };
      await publish(place);
      project.unbuild('about', 'style.css', 'assets');
      await publish(place);
      const shared = { ...project, bucket: 'shared-files' };
      for (const key of neighbours) expect(await textOf(shared, key), key).toBe('theirs');
      expect(await keysOf(shared, 'a.b/about')).toEqual([]);
      expect(bucket).not.toBe('shared-files');
    },
  },
  {
    id: 'X4',
    what: 'more files than a page of LIST or a call of DeleteObjects takes',
    async run(open) {
      const many = Object.fromEntries(Array.from({ length: 1_100 }, (_, n) => [`many/${n}.txt`, `${n}`]));
      const bench = await open({ ...smallSite, ...many });
      const settings = { cdn: false };
      await bench.publish({ settings, concurrency: 64 });
      expect(await bench.deploy({ settings })).toMatchObject({ state: 'unchanged', files: { total: 1_105 } });
      bench.project.unbuild('many');
      const { files } = await bench.publish({ settings, allowed: { ...allowed, massDelete: true } });
      expect(files.deleted).toHaveLength(1_100);
      expect(await siteKeysOf(bench.project)).toEqual(Object.keys(smallSite).sort());
    },
  },
  {
    id: 'X5',
    what: 'deleting every file of the site leaves its state and what others put there',
    async run(open) {
      const { project, publish } = await open();
      await publish();
      await put(project, 'theirs.txt', 'theirs');
      const state = await keysOf(project, '.cdnpub/site.json');
      project.unbuild(...Object.keys(smallSite));
      await publish({ allowed: { ...allowed, empty: true, massDelete: true } });
      expect(await siteKeysOf(project)).toEqual(['assets/app-3f9a1c2b.js', 'theirs.txt']);
      expect(await keysOf(project, '.cdnpub/site.json')).toEqual(state);
      expect(await keysOf(project, '.cdnpub/channels/live/manifest')).toHaveLength(1);
    },
  },
  {
    id: 'X6',
    what: 'a bucket with nothing in it lists as nothing',
    async run(open) {
      const { project, publish } = await open();
      await makeBucket(project.cloud, 'empty-files');
      const place = { settings: { bucket: 'empty-files' }, allowed: { ...allowed, adopt: true } };
      expect(await publish(place)).toMatchObject({ state: 'live' });
      expect(await siteKeysOf({ ...project, bucket: 'empty-files' })).toEqual(Object.keys(smallSite).sort());
    },
  },
];

const allowed = {
  ...{ empty: false, noIndex: false, projectRoot: false, secrets: false },
  ...{ massDelete: false, adopt: false, older: false },
};
