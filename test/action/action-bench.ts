import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tree, writeTree } from '../support/temp-dir.ts';
import { type ActionEnd, type ActionJob, runAction } from './run-action.ts';

/** A place to run the action in: one runner, and a checkout for each job that asks for one. */
export interface ActionBench {
  /** Everything is below this folder. */
  readonly root: string;
  readonly temp: string;
  /** Text of action.yml. */
  readonly action: string;
  /** Makes a workspace that holds these files. */
  checkOut(files: Tree): string;
  run(
    checkout: string,
    inputs: Readonly<Record<string, string>>,
    env: Readonly<Record<string, string>>,
    more?: Pick<ActionJob, 'token' | 'cancel' | 'done'>,
  ): Promise<ActionEnd>;
  remove(): void;
}

/** Makes folders for a runner. */
export function openActionBench(): ActionBench {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cdnpub-action-')));
  const temp = join(root, 'temp');
  const action = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
  let checkouts = 0;
  mkdirSync(temp);
  return {
    ...{ root, temp, action },
    checkOut(files) {
      checkouts += 1;
      const checkout = join(root, `checkout-${checkouts}`);
      writeTree(checkout, { '.git/HEAD': '', ...files });
      return checkout;
    },
    run: (checkout, inputs, env, more = {}) => runAction({ action, checkout, temp, env, inputs, ...more }),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}
