import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startLocalCloud } from '../../src/local-cloud/start-local-cloud.ts';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import { fetchEdge } from '../support/fetch-edge.ts';
import { type BuiltOutput, readOutputs } from '../support/read-outputs.ts';
import { runCdnpub } from '../support/run-cdnpub.ts';
import { plainEnv } from '../support/start-cloud.ts';
import { type Tree, tempDir } from '../support/temp-dir.ts';

/** The project and its build, as they lie on a disk. Bytes are what the names stand for, but for the index. */
function treeOf({ project, dir, index, files }: BuiltOutput): Tree {
  const built = files.map((path) => [`${dir}/${path}`, path === 'index.html' ? index : `/* ${path} */`]);
  return { ...project, ...(Object.fromEntries(built) as Record<string, string>) };
}

/** What accompanies another project is published only when it is named. */
const choice = ({ framework, dir }: BuiltOutput): readonly string[] =>
  framework === 'storybook' ? ['--dir', dir] : [];

/** Asks for an address that no file has, in its canonical spelling: an app draws it, a site of pages has nothing there. */
async function askNowhere(host: string): Promise<number> {
  const { status, headers } = await fetchEdge(host, '/some/deep/link');
  return status === 301
    ? (await fetchEdge(host, new URL(String(headers.location), 'http://edge').pathname)).status
    : status;
}

describe('from inside a project that was just built', () => {
  test.each(readOutputs())(
    'init and deploy publish it without an edit: $framework',
    { timeout: 60_000 },
    async (output) => {
      const cwd = tempDir(treeOf(output));
      const cloud = await startLocalCloud({ stateDir: join(cwd, '.cdnpub/local') });
      try {
        const run = (args: readonly string[]) => runCdnpub([...args, '--json'], { cwd, env: plainEnv(cwd) });
        const init = (await run(['init', '--yes', '--local', ...choice(output)])).json<{
          config: { dir: string; spa?: boolean | string };
        }>();
        expect(init).toMatchObject({ ok: true, framework: output.framework, config: { dir: output.dir } });
        const result = (await run(['deploy', '--local', '--yes'])).json<DeployResult>();
        expect(result.error).toBeUndefined();
        // The start pages of some generators link to what they do not build.
        expect(result.warnings.filter((warning) => !warning.includes('will be a 404'))).toEqual([]);
        const { host } = new URL(cloud.urlOf(result.distribution?.domain ?? ''));
        expect((await fetchEdge(host, '/')).status).toBe(200);
        expect(await askNowhere(host)).toBe(init.config.spa === undefined ? 404 : 200);
      } finally {
        await cloud.close();
      }
    },
  );
});
