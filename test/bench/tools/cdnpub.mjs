import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The server is S3 alone, so the distribution is off; the bucket is not cdnpub's own, so it is adopted. */
export const cdnpub = {
  cdnpub: {
    about: 'cdnpub deploy, defaults, without a distribution',
    version,
    run: ({ dir, bucket, work, profile }) => {
      const config = { site: 'bench', bucket, region: 'us-east-1', cdn: false };
      writeFileSync(join(work, 'cdnpub.config.json'), JSON.stringify(config));
      const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [];
      const args = [...flags, join(root, 'bin/run.js'), 'deploy', dir, '--adopt', '--yes', '--json'];
      return { command: process.execPath, args, cwd: work };
    },
  },
};
