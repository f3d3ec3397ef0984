import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployResult } from '../../src/report/deploy-result.ts';
import type { CliEnd, CliStart } from './run-cdnpub.ts';
import type { TestCloud } from './start-cloud.ts';
import { type Tree, writeTree } from './write-tree.ts';

/** A folder with a build in `dist/` and a site name of its own, so that tests can share a cloud. */
export interface Project {
  readonly cloud: TestCloud;
  readonly cwd: string;
  readonly site: string;
  /** The bucket that a deploy without `--bucket` goes to. */
  readonly bucket: string;
  /** Writes files into the build. */
  build(files: Tree): void;
  /** Takes files or folders out of the build. */
  unbuild(...paths: readonly string[]): void;
  run(args: readonly string[], start?: CliStart): Promise<CliEnd>;
  /** `deploy dist --json` with these flags besides. */
  deploy(args?: readonly string[], start?: CliStart): Promise<DeployResult>;
  /** A deploy with `--yes` that must succeed. */
  publish(args?: readonly string[], start?: CliStart): Promise<Published>;
}

/** A deploy that is live. */
export interface Published extends DeployResult {
  /** Domain of the distribution; empty without one. */
  readonly domain: string;
}

/** A small site with a file of each kind. */
export const smallSite: Tree = {
  'index.html': '<!doctype html><script src="/assets/app-3f9a1c2b.js"></script><p>home',
  'about/index.html': '<!doctype html><p>about',
  '404.html': '<!doctype html><p>nothing here',
  'style.css': 'body { margin: 0 }',
  'assets/app-3f9a1c2b.js': 'export const app = 1;',
};

let projects = 0;

/** Makes a project; its folder is gone when the cloud is. It is a repository: no config above it is found. */
export function openProject(cloud: TestCloud, files: Tree = smallSite, beside: Tree = {}): Project {
  projects += 1;
  const site = `site-${projects}`;
  const cwd = join(cloud.scratch, site);
  const dist = join(cwd, 'dist');
  writeTree(cwd, { '.git/HEAD': '', ...beside });
  writeTree(dist, files);
  const run: Project['run'] = (args, start = {}) => cloud.run([...args, '--site', site], { cwd, ...start });
  const deploy: Project['deploy'] = async (args = [], start = {}) =>
    (await run(['deploy', 'dist', '--json', ...args], start)).json<DeployResult>();
  return {
    ...{ cloud, cwd, site, run, deploy },
    bucket: `${site}-${cloud.cloud.account}-eu-west-1-an`,
    build: (more) => writeTree(dist, more),
    unbuild: (...paths) => {
      for (const path of paths) rmSync(join(dist, path), { recursive: true });
    },
    async publish(args = [], start) {
      const result = await deploy(['--yes', ...args], start);
      if (result.error !== undefined) throw new Error(`${result.error.code}: ${result.error.message}`);
      return { ...result, domain: result.distribution?.domain ?? '' };
    },
  };
}
