import type { Asset } from '../../src/model/asset.ts';
import { compareKeys } from '../../src/model/compare-keys.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import type { Plan } from '../../src/model/plan.ts';
import { classify } from '../../src/plan/assets/classify.ts';
import type { Allowed } from '../../src/plan/guards/guard.ts';
import { type PlanInput, planDeploy } from '../../src/plan/plan-deploy.ts';
import { digest } from './digest.ts';
import { makeEdge } from './make-edge.ts';
import { makeSettings } from './make-settings.ts';
import { makeSnapshot } from './make-snapshot.ts';
import { makeTarget } from './make-target.ts';

interface Given extends Partial<Omit<PlanInput, 'inventory' | 'allowed'>> {
  readonly inventory?: Partial<Inventory>;
  readonly allowed?: Partial<Allowed>;
}

/** What a deploy of these assets would do; the site stands already, unless a snapshot is given. */
export const makePlan = (assets: readonly Asset[], given: Given = {}): Plan => planDeploy(planInput(assets, given));

/** Seconds since the epoch at which every plan of the tests is made: 22 Nov 2026 10:15 UTC. */
export const now = 1_795_342_500;

export function planInput(assets: readonly Asset[], { inventory, allowed, ...given }: Given = {}): PlanInput {
  const settings = given.settings ?? makeSettings();
  return {
    target: makeTarget(),
    settings,
    inventory: makeInventory(assets, inventory),
    snapshot: makeSnapshot(),
    edge: makeEdge(),
    classOf: (key) => classify(key, settings),
    allowed: { ...nothingAllowed, ...allowed },
    dirName: 'dist',
    ids: { release: 'r-20261122-101500-3f9a1c', siteId: 'newsiteid0' },
    run: { user: 'ann', host: 'desk', message: null, ci: null },
    now,
    digest,
    warnings: [],
    ...given,
  };
}

export const makeInventory = (assets: readonly Asset[], given: Partial<Inventory> = {}): Inventory => ({
  root: '/home/ann/docs/dist',
  assets: [...assets].sort((a, b) => compareKeys(a.key, b.key)),
  leftOut: [],
  ruleFiles: { headers: null, redirects: null },
  secrets: [],
  project: { signs: [], probableBuild: null },
  ...given,
});

const nothingAllowed: Allowed = {
  empty: false,
  noIndex: false,
  projectRoot: false,
  secrets: false,
  massDelete: false,
  adopt: false,
  older: false,
};
