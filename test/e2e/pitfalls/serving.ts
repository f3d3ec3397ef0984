import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GetInvalidationCommand, ListInvalidationsCommand } from '@aws-sdk/client-cloudfront';
import { expect, onTestFinished } from 'vitest';
import { smallSite } from '../../support/project.ts';
import { headOf } from '../../support/read-bucket.ts';
import { cloudFrontClient } from '../../support/s3-client.ts';
import type { Pitfall } from './pitfall.ts';

/** Invalidating, the distribution, headers, stores that are like S3, and the tests themselves. */
export const servingPitfalls: readonly Pitfall[] = [
  {
    id: 'V4',
    what: 'two deploys in one and the same millisecond make two invalidations',
    async run(open) {
      const { cloud, project, time, publish } = await open();
      const { distribution } = await publish();
      const fixedMs = time.now();
      const clock = { ...time.clock(), now: () => fixedMs };
      for (const text of ['one', 'two']) {
        project.build({ 'index.html': text });
        await publish({ clock });
      }
      const DistributionId = distribution?.id ?? '';
      const client = cloudFrontClient(cloud);
      const { InvalidationList } = await client.send(new ListInvalidationsCommand({ DistributionId }));
      const ids = InvalidationList?.Items?.map(({ Id }) => Id) ?? [];
      const all = await Promise.all(ids.map((Id) => client.send(new GetInvalidationCommand({ DistributionId, Id }))));
      const references = all.map(({ Invalidation }) => Invalidation?.InvalidationBatch?.CallerReference);
      expect(new Set(references).size).toBe(2);
    },
  },
  {
    id: 'C1',
    what: 'the page of an application answers for paths, never for files, and never with a 200 for other methods',
    async run(open) {
      const { cloud, publish } = await open();
      const { domain } = await publish({ settings: { spa: 'index.html' } });
      expect(await cloud.ask(domain, '/deep/link')).toMatchObject({ status: 200, text: smallSite['index.html'] });
      for (const path of ['/missing.js', '/assets/gone-1a2b3c4d.js', '/.cdnpub/site.json'])
        expect((await cloud.ask(domain, path)).status, path).toBe(404);
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
        expect((await cloud.ask(domain, '/deep/link', { method })).status, method).toBe(403);
    },
  },
  {
    id: 'C4',
    what: 'nothing is public but through the distribution, and no ACL is ever sent',
    async run(open) {
      const { cloud, project, publish } = await open();
      const { seen, local } = await startRecorder(cloud.cloud);
      await publish({ local });
      const answer = await fetch(`${cloud.cloud.endpoint}/${project.bucket}/index.html`);
      expect(answer.status).toBe(403);
      const names = seen.flatMap((headers) => Object.keys(headers));
      expect(names.filter((name) => name === 'x-amz-acl' || name.startsWith('x-amz-grant-'))).toEqual([]);
    },
  },
  {
    id: 'M4',
    what: 'a header’s value may hold colons, commas and quotes',
    async run(open) {
      const { cloud, project, publish } = await open();
      const value = 'attachment; filename="a: b, c.css"';
      const headers = [{ match: '*.css', set: { 'content-disposition': value }, unset: [] }];
      const { domain } = await publish({ settings: { headers } });
      expect((await headOf(project, 'style.css')).ContentDisposition).toBe(value);
      expect((await cloud.ask(domain, '/style.css')).headers['content-disposition']).toBe(value);
    },
  },
  {
    id: 'P1',
    what: 'stores that know no CRC32, no trailers and no Expect get none; what must carry a checksum carries the MD5',
    async run(open) {
      const { cloud, project, publish } = await open();
      const { seen, local } = await startRecorder(cloud.cloud);
      const settings = { cdn: false };
      await publish({ local, settings });
      project.build({ 'style.css': 'new' });
      project.unbuild('about');
      await publish({ local, settings, run: { user: 'ann', host: 'desk', message: null, ci: null } });
      const told = seen.flatMap((headers) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`));
      expect(seen.length).toBeGreaterThan(20);
      expect(told.filter((line) => /crc(?:32|64)|aws-chunked|^x-amz-trailer|^expect:/i.test(line))).toEqual([]);
      for (const name of ['x-amz-checksum-sha256', 'content-md5'])
        expect(
          seen.some((headers) => headers[name] !== undefined),
          name,
        ).toBe(true);
    },
  },
  {
    id: 'Q1',
    what: 'no test is left out, and none is the only one',
    async run() {
      const root = fileURLToPath(new URL('../..', import.meta.url));
      const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
        path.endsWith('.test.ts'),
      );
      const left = files.filter((path) =>
        /\b(?:test|it|describe)\.(?:skip|only|todo|skipIf|runIf)\b/.test(readFileSync(join(root, path), 'utf8')),
      );
      expect(files.length).toBeGreaterThan(100);
      expect(left).toEqual([]);
    },
  },
];

/** A server before the cloud that hands everything on as it is, and keeps the headers of each request. */
async function startRecorder(cloud: {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}) {
  const seen: IncomingHttpHeaders[] = [];
  const port = Number(new URL(cloud.endpoint).port);
  const server = createServer((incoming, outgoing) => {
    seen.push(incoming.headers);
    const { method, url, rawHeaders } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers: rawHeaders }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { accessKeyId, secretAccessKey } = cloud;
  return { seen, local: { endpoint, accessKeyId, secretAccessKey } };
}
