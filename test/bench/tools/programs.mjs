import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, versionOf } from './find-program.mjs';

const write = (path, lines) => {
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

const aws = (about, settings = [], extra = []) => ({
  about,
  program: 'aws',
  asks: ['--version'],
  run: ({ program, dir, bucket, endpoint, work }) => ({
    command: program,
    args: ['s3', 'sync', dir, `s3://${bucket}`, '--delete', '--only-show-errors', '--cache-control', 'max-age=60']
      .concat(['--endpoint-url', endpoint])
      .concat(extra),
    env: {
      AWS_CONFIG_FILE: write(join(work, 'aws.cfg'), [
        '[default]',
        'region=us-east-1',
        's3=',
        '  addressing_style=path',
        ...settings,
      ]),
    },
  }),
});

const rclone = (about, extra = []) => ({
  about,
  program: 'rclone',
  asks: ['version'],
  run: ({ program, dir, bucket, endpoint }) => ({
    command: program,
    args: [
      'sync',
      dir,
      `bench:${bucket}`,
      '--header-upload',
      'Cache-Control: max-age=60',
      '--s3-no-check-bucket',
      ...extra,
    ],
    env: {
      RCLONE_CONFIG: '/dev/null',
      RCLONE_CONFIG_BENCH_TYPE: 's3',
      RCLONE_CONFIG_BENCH_PROVIDER: 'Other',
      RCLONE_CONFIG_BENCH_ENDPOINT: endpoint,
      RCLONE_CONFIG_BENCH_ACCESS_KEY_ID: 'bench',
      RCLONE_CONFIG_BENCH_SECRET_ACCESS_KEY: 'bench',
      RCLONE_CONFIG_BENCH_FORCE_PATH_STYLE: 'true',
    },
  }),
});

const rcloneFast = ['--checksum', '--fast-list', '--transfers', '64', '--checkers', '64'];

const s3cmd = {
  about: 's3cmd sync, defaults (one connection)',
  program: 's3cmd',
  asks: ['--version'],
  run: ({ program, dir, bucket, endpoint, work }) => {
    const host = new URL(endpoint).host;
    const config = write(join(work, 's3cfg'), [
      '[default]',
      'access_key=bench',
      'secret_key=bench',
      `host_base=${host}`,
      `host_bucket=${host}`,
      'use_https=False',
      'bucket_location=us-east-1',
    ]);
    const flags = ['--delete-removed', '--guess-mime-type', '--no-mime-magic', '--no-preserve', '--no-progress', '-q'];
    const headers = ['--add-header=Cache-Control:max-age=60'];
    return { command: program, args: ['-c', config, 'sync', ...flags, ...headers, `${dir}/`, `s3://${bucket}/`] };
  },
};

const hugo = (about, extra = []) => ({
  about,
  program: 'hugo',
  asks: ['version'],
  run: ({ program, dir, bucket, endpoint, work }) => {
    const query = `endpoint=${new URL(endpoint).host}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1`;
    write(join(work, 'hugo.toml'), [
      'baseURL="https://example.com/"',
      `publishDir=${JSON.stringify(dir)}`,
      '[deployment]',
      '[[deployment.targets]]',
      'name="bench"',
      `URL="s3://${bucket}?${query}"`,
      '[[deployment.matchers]]',
      'pattern=".*"',
      'cacheControl="max-age=60"',
    ]);
    const flags = ['--config', 'hugo.toml', '--target', 'bench', '--maxDeletes', '-1', '--invalidateCDN=false'];
    return { command: program, args: ['deploy', ...flags, ...extra], cwd: work };
  },
});

const goFolder = process.env.BENCH_GO_BIN ?? '';

const s5cmd = {
  about: 's5cmd sync, defaults (256 workers)',
  program: 's5cmd',
  folder: goFolder,
  asks: ['version'],
  run: ({ program, dir, bucket, endpoint }) => ({
    command: program,
    args: ['--endpoint-url', endpoint, '--log', 'error', 'sync', '--delete', '--cache-control', 'max-age=60'].concat([
      `${dir}/`,
      `s3://${bucket}/`,
    ]),
  }),
};

const s3deploy = (about, extra = []) => ({
  about,
  program: 's3deploy',
  folder: goFolder,
  asks: ['-V'],
  run: ({ program, dir, bucket, work }) => {
    const config = write(join(work, 's3deploy.yml'), [
      'routes:',
      '  - route: ".*"',
      '    headers:',
      '      Cache-Control: "max-age=60"',
    ]);
    const flags = ['-region', 'us-east-1', '-max-delete', '100000', '-quiet', '-config', config];
    return { command: program, args: ['-source', dir, '-bucket', bucket, ...flags, ...extra], cwd: work };
  },
});

const described = {
  aws: aws('aws s3 sync, defaults (10 threads)'),
  'aws-64': aws('aws s3 sync, 64 requests', ['  max_concurrent_requests=64', '  max_queue_size=10000']),
  rclone: rclone('rclone sync --checksum --fast-list, 64 transfers', rcloneFast),
  'rclone-nohead': rclone('the same with --s3-no-head', [...rcloneFast, '--s3-no-head']),
  s3cmd,
  hugo: hugo('hugo deploy, defaults (10 workers)'),
  'hugo-64': hugo('hugo deploy --workers 64', ['--workers', '64']),
  s5cmd,
  s3deploy: s3deploy('s3deploy, defaults (a worker per core)'),
  's3deploy-64': s3deploy('s3deploy -workers 64', ['-workers', '64']),
};

/** Programs of others, as far as they are installed; s5cmd and s3deploy are looked for in `BENCH_GO_BIN`. */
export function findPrograms() {
  return Object.fromEntries(
    Object.entries(described).map(([name, { program, folder, asks, run, about }]) => {
      const path = findProgram(program, folder);
      if (path === undefined) return [name, { about, absent: `${program} is not installed` }];
      const version = () => versionOf(path, asks);
      return [name, { about, version, run: (given) => run({ ...given, program: path }) }];
    }),
  );
}
