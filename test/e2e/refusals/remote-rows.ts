import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { smallSite } from '../../support/project.ts';
import { s3Client } from '../../support/s3-client.ts';
import { deny, makeBucket, published, put, type Row } from './row.ts';

export const credentials: readonly Row[] = [
  {
    name: 'no credentials',
    code: 'E_CREDENTIALS',
    env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    message: /no usable AWS credentials/,
    hint: /cdnpub dev DIR/,
  },
  {
    name: 'a profile that is not there',
    code: 'E_CREDENTIALS',
    args: ['deploy', 'dist', '--profile', 'work'],
    env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    message: /in profile work/,
  },
  {
    name: 'a wrong secret',
    code: 'E_CREDENTIALS',
    env: { AWS_SECRET_ACCESS_KEY: 'wrong' },
    message: /no usable AWS credentials/,
  },
  {
    name: 'a key that AWS does not know',
    code: 'E_CREDENTIALS',
    faults: deny('GetCallerIdentity', 403, 'InvalidClientTokenId'),
    message: /no usable AWS credentials/,
  },
  {
    name: 'an expired token',
    code: 'E_EXPIRED',
    faults: deny('GetCallerIdentity', 403, 'ExpiredToken'),
    message: /credentials have expired/,
    hint: /aws sso login/,
  },
  {
    name: 'a token that expires between two requests',
    code: 'E_EXPIRED',
    before: published,
    faults: deny('ListObjectsV2', 400, 'ExpiredToken'),
    message: /credentials have expired/,
  },
];

export const places: readonly Row[] = [
  {
    name: 'no region',
    code: 'E_REGION',
    env: { AWS_REGION: undefined },
    message: /no region is set/,
    hint: /AWS_REGION/,
  },
  {
    name: 'a partition without our CloudFront',
    code: 'E_PARTITION',
    lateEnv: async () => ({ AWS_ENDPOINT_URL_STS: await startSts('arn:aws-cn:iam::111122223333:user/local') }),
    message: /partition aws-cn/,
    hint: /--no-cdn/,
  },
  {
    name: 'an endpoint without STS and no bucket',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '--no-cdn'],
    env: { AWS_ENDPOINT_URL: undefined },
    lateEnv: async ({ cloud }) => ({ AWS_ENDPOINT_URL_S3: cloud.endpoint }),
    message: /no STS/,
    hint: /--bucket NAME/,
  },
  {
    name: 'an endpoint without STS and a distribution',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '--bucket', 'some-files'],
    env: { AWS_ENDPOINT_URL: undefined },
    lateEnv: async ({ cloud }) => ({ AWS_ENDPOINT_URL_S3: cloud.endpoint }),
    message: /no STS/,
    hint: /--no-cdn/,
  },
  {
    name: 'a bucket of another account',
    code: 'E_FOREIGN_BUCKET',
    args: ['deploy', 'dist', '--yes', '--bucket', 'somebody-elses-files'],
    before: ({ cloud }) => makeBucket(cloud, 'somebody-elses-files', { accessKeyId: 'AKIASOMEBODYELSE0000' }),
    message: /somebody-elses-files belongs to another account/,
  },
  {
    name: 'a bucket of one’s own that cdnpub did not make',
    code: 'E_FOREIGN_BUCKET',
    args: ['deploy', 'dist', '--yes', '--bucket', 'my-other-files'],
    before: ({ cloud }) => makeBucket(cloud, 'my-other-files'),
    message: /my-other-files exists and was not made by cdnpub/,
    hint: /--adopt/,
  },
  {
    name: 'a bucket that holds another site',
    code: 'E_FOREIGN_BUCKET',
    named: false,
    args: ['deploy', 'dist', '--yes', '--site', 'another', '--bucket', 'shared-files'],
    before: (project) => project.publish(['--bucket', 'shared-files', '--no-cdn']),
    message: /holds the site site-\d+, not another/,
  },
  {
    name: 'a site that has a distribution, without it',
    code: 'E_CONFIG',
    before: published,
    args: ['deploy', 'dist', '--yes', '--no-cdn'],
    message: /has the distribution E\w+; --no-cdn would leave it/,
  },
  {
    name: 'the status of a site that is not there',
    code: 'E_CONFIG',
    args: ['status'],
    message: /has not been published yet/,
  },
  {
    name: 'an invalidation of a site that is not there',
    code: 'E_CONFIG',
    args: ['invalidate', '/'],
    message: /has not been published yet/,
  },
  {
    name: 'an invalidation without a distribution',
    code: 'E_CONFIG',
    args: ['invalidate', '/'],
    before: (project) => project.publish(['--no-cdn']),
    message: /has no distribution/,
  },
];

export const states: readonly Row[] = [
  { name: 'a first deploy without a yes', code: 'E_CONFIRM', message: /creates infrastructure/, hint: /--yes/ },
  {
    name: 'a stranger’s object on a key of ours',
    code: 'E_CONFIRM',
    before: async (project) => {
      await project.publish();
      await put(project, 'new.html', 'theirs');
      project.build({ 'new.html': 'ours' });
    },
    message: /overwrites 1 object/,
  },
  {
    name: 'more than a third of the site gone',
    code: 'E_MASS_DELETE',
    files: { ...smallSite, ...Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`p${n}.html`, `${n}`])) },
    before: async (project) => {
      await project.publish();
      project.unbuild(...Array.from({ length: 25 }, (_, n) => `p${n}.html`));
    },
    args: ['deploy', 'dist', '--yes'],
    message: /would delete 25 of/,
    hint: /--allow-mass-delete/,
  },
  {
    name: 'another deploy that holds the lock',
    code: 'E_LOCKED',
    before: async (project) => {
      await project.publish();
      project.build({ 'new.txt': 'new' });
      const who = { user: 'ann', host: 'laptop', url: null, commit: null, release: 'r-1' };
      await put(
        project,
        '.cdnpub/channels/live/lock.json',
        JSON.stringify({ schema: 1, id: 'L-1a2b3c', nonce: 'n', ...who, beat: 3 }),
      );
    },
    args: ['deploy', 'dist', '--yes', '--lock-timeout', '0'],
    message: /ann on laptop is deploying release r-1/,
    hint: /cdnpub unlock L-1a2b3c/,
  },
  {
    name: 'an older run of the same workflow',
    code: 'E_OLDER',
    before: (project) => project.publish([], { env: githubRun(8) }),
    env: githubRun(7),
    message: /run 7 of pages is older than run 8/,
    hint: /--allow-older/,
  },
  {
    name: 'a release that is held',
    code: 'E_HELD',
    before: async (project) => {
      const { bucket: Bucket } = project;
      await project.publish();
      const Key = '.cdnpub/channels/live/manifest';
      const { Body } = await s3Client(project.cloud).send(new GetObjectCommand({ Bucket, Key }));
      const text = gunzipSync((await Body?.transformToByteArray()) ?? '').toString();
      await put(project, Key, gzipSync(text.replace('"hold":false', '"hold":true')));
    },
    args: ['deploy', 'dist', '--yes'],
    message: /deploys are held at release r-/,
  },
  {
    name: 'a site record of a newer cdnpub',
    code: 'E_NEWER_STATE',
    before: async (project) => {
      await project.publish(['--no-cdn']);
      await put(project, '.cdnpub/site.json', '{"schema":99}');
    },
    args: ['deploy', 'dist', '--yes', '--no-cdn'],
    message: /format 99, this one knows 1/,
  },
  {
    name: 'a manifest of a newer cdnpub',
    code: 'E_NEWER_STATE',
    before: async (project) => {
      await published(project);
      await put(project, '.cdnpub/channels/live/manifest', gzipSync('{"schema":99}\n'));
    },
    args: ['deploy', 'dist', '--yes'],
    message: /the manifest was written by a newer cdnpub/,
  },
  {
    name: 'a site record that cannot be read',
    code: 'E_FOREIGN_BUCKET',
    before: async (project) => {
      await project.publish(['--no-cdn']);
      await put(project, '.cdnpub/site.json', 'garbled');
    },
    args: ['deploy', 'dist', '--yes', '--no-cdn'],
    message: /not a site record that cdnpub can read/,
  },
];

export const services: readonly Row[] = [
  {
    name: 'nobody at the endpoint',
    code: 'E_NETWORK',
    env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' },
    message: /sts:GetCallerIdentity did not reach AWS/,
  },
  {
    name: 'an endpoint that is no address',
    code: 'E_CONFIG',
    env: { AWS_ENDPOINT_URL: 'not an address' },
    message: /AWS_ENDPOINT_URL/,
  },
  {
    name: 'answers that never come',
    code: 'E_TIMEOUT',
    faults: deny('GetCallerIdentity', 400, 'RequestTimeout'),
    message: /sts:GetCallerIdentity .*did not answer in time/,
  },
  {
    name: 'an error that no second try mends',
    code: 'E_SERVICE',
    faults: deny('GetCallerIdentity', 400, 'InvalidAction'),
    message: /sts:GetCallerIdentity .*InvalidAction, HTTP 400/,
  },
];

/** What GitHub tells a run of its workflow `pages`. */
function githubRun(runNumber: number): Readonly<Record<string, string>> {
  const place = { GITHUB_REPOSITORY: 'ann/docs', GITHUB_WORKFLOW: 'pages', GITHUB_REF: 'refs/heads/main' };
  return {
    GITHUB_ACTIONS: 'true',
    ...place,
    GITHUB_RUN_NUMBER: String(runNumber),
    GITHUB_RUN_ID: '1',
    GITHUB_SHA: 'abc',
  };
}

/** An STS that knows one caller. */
async function startSts(arn: string): Promise<string> {
  const xml = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
  const server = createServer((_, response) => void response.setHeader('content-type', 'text/xml').end(xml));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
