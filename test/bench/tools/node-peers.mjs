import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const shim = fileURLToPath(new URL('./aws2-endpoint.cjs', import.meta.url));
const syncClient = fileURLToPath(new URL('./s3-sync-client.mjs', import.meta.url));

/** Programs on version 2 of the SDK know no AWS_ENDPOINT_URL. */
const node = (file, args, cwd) => ({
  command: process.execPath,
  args: ['-r', shim, file, ...args],
  ...(cwd === undefined ? {} : { cwd }),
});

function link(work, name, dir) {
  const path = join(work, name);
  rmSync(path, { force: true });
  symlinkSync(dir, path);
}

const gatsbySettings = (bucketName, customAwsEndpointHostname) => ({
  's3.config.json': {
    bucketName,
    customAwsEndpointHostname,
    region: 'us-east-1',
    parallelLimit: 20,
    removeNonexistentObjects: true,
    enableS3StaticWebsiteHosting: false,
    acl: null,
  },
  's3.params.json': { '**/*.html': { CacheControl: 'public, max-age=0, must-revalidate' } },
  's3.routingRules.json': [],
});

const described = {
  'deploy-aws-s3-cloudfront': ({ modules, dir, bucket }) =>
    node(join(modules, 'deploy-aws-s3-cloudfront/bin/deploy-aws-s3-cloudfront'), [
      '--bucket',
      bucket,
      '--source',
      dir,
      '--delete',
      '--non-interactive',
      '--cache-control',
      '**:max-age=60',
    ]),
  's3-deploy': ({ modules, dir, bucket, work }) => {
    link(work, 'dist', dir);
    const flags = ['--cwd', './dist/', '--region', 'us-east-1', '--bucket', bucket, '--cache', '60', '--deleteRemoved'];
    return node(join(modules, 's3-deploy/bin/s3-deploy'), ['./dist/**', ...flags], work);
  },
  'gatsby-plugin-s3': ({ modules, dir, bucket, endpoint, work }) => {
    mkdirSync(join(work, '.cache'), { recursive: true });
    link(work, 'public', dir);
    for (const [name, content] of Object.entries(gatsbySettings(bucket, endpoint)))
      writeFileSync(join(work, '.cache', name), JSON.stringify(content));
    return node(join(modules, 'gatsby-plugin-s3/bin.js'), ['deploy', '-y'], work);
  },
  's3-sync-client': ({ modules, dir, bucket }) => ({
    command: process.execPath,
    args: [syncClient, modules, dir, bucket],
  }),
};

/** Peers of npm, as far as a folder's node_modules holds them. */
export function findNodePeers(folder) {
  const modules = join(folder, 'node_modules');
  return Object.fromEntries(
    Object.entries(described).map(([name, run]) => {
      const about = `npm ${name}`;
      const manifest = join(modules, name, 'package.json');
      if (folder === '' || !existsSync(manifest)) return [name, { about, absent: `${name} is not in --peers` }];
      const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
      return [name, { about, version, run: (given) => run({ ...given, modules }) }];
    }),
  );
}
