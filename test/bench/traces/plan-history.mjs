import { createJiti } from 'jiti';
import { compareBuilds, replay } from './load-traces.mjs';
import { peerRules, reachesKey } from './peer-rules.mjs';

const jiti = createJiti(import.meta.url);
const load = (path) => jiti.import(`../../../${path}`);
const [{ makePlan }, { makeSnapshot }, { makeSettings }] = await Promise.all(
  ['plan', 'snapshot', 'settings'].map((name) => load(`test/support/make-${name}.ts`)),
);
const [{ digest }, { describeAssets }, { nextManifest }, { canonicalPath }] = await Promise.all(
  [
    'test/support/digest.ts',
    'src/plan/assets/describe-assets.ts',
    'src/plan/state/next-manifest.ts',
    'src/edge/canonical-path.ts',
  ].map(load),
);
const settings = makeSettings();

/**
 * Replays a history through the planner: what it would send, whether a file that did not change would go up again or
 * one that did would be missed, and its invalidations beside those that other tools would ask for. No request is made.
 */
export function planHistory(trace) {
  const world = { objects: new Map(), manifest: undefined };
  const sums = { deploys: 0, changed: 0, sent: 0, resent: 0, missed: 0, uncovered: 0 };
  const ours = newTally();
  const peers = Object.fromEntries(Object.keys(peerRules).map((name) => [name, newTally()]));
  let before = new Map();
  for (const { tree, seconds } of replay(trace)) {
    const plan = planBuild(world, tree, seconds);
    const facts = compareBuilds(before, tree);
    if (before.size > 0) {
      sums.deploys += 1;
      sums.changed += facts.added.length + facts.changed.length;
      judgeWrites(sums, plan, facts);
      const held = new Map(before);
      judgeItems(ours, sums, { plan, facts, held });
      for (const [name, rule] of Object.entries(peerRules)) judgePeer(peers[name], rule(facts), facts, held);
    }
    applyPlan(world, plan, seconds);
    before = new Map(tree);
  }
  return { ...sums, ours, peers };
}

const newTally = () => ({ billable: 0, overcovered: 0, bytes: 0 });

function planBuild(world, tree, seconds) {
  const files = [...tree].map(([key, { id, size }]) => ({ key, source: key, size, sha256: digest(id) }));
  const snapshot = makeSnapshot({
    objects: [...world.objects.values()],
    ...(world.manifest === undefined ? {} : { manifest: world.manifest }),
  });
  const allowed = { empty: true, noIndex: true, massDelete: true, secrets: true, projectRoot: true, older: true };
  const ids = { release: `r-${seconds}`, siteId: 'x' };
  const assets = describeAssets({ files, settings, statements: [] });
  return { ...makePlan(assets, { snapshot, settings, allowed, ids, now: seconds }), snapshot };
}

/** The plan done, whole: objects as LIST would tell of them, and the manifest. */
function applyPlan(world, plan, seconds) {
  const written = new Map();
  for (const change of plan.changes) {
    if (change.kind === 'delete') world.objects.delete(change.entry.key);
    if (!('asset' in change) || change.kind === 'keep') continue;
    const { key, size, sha256 } = change.asset;
    const told = { etag: sha256.slice(0, 32), lastModified: seconds };
    world.objects.set(key, { key, size, ...told });
    written.set(key, { ...told, versionId: null });
  }
  const run = { user: 'x', host: 'x', message: null, ci: null };
  const previous = plan.snapshot.manifest;
  const given = { deferred: new Set(), leavesLate: false, storeEtag: undefined, releases: 20 };
  world.manifest = nextManifest({ plan, previous, written, run, now: seconds, ...given });
}

/** A renamed file that comes back while it is retained lies there already: it need not be sent. */
function judgeWrites(sums, plan, { added, changed }) {
  const writes = plan.changes.filter(({ kind }) => /^(?:add|change|headers)$/.test(kind));
  const sent = new Set(writes.map(({ asset }) => asset.key));
  const due = new Set([...added, ...changed]);
  const kept = new Set(plan.changes.filter(({ kind }) => kind === 'keep').map(({ asset }) => asset.key));
  sums.sent += sent.size;
  sums.resent += [...sent].filter((key) => !due.has(key)).length;
  const isMissed = (key) => !sent.has(key) && !(kept.has(key) && added.includes(key));
  sums.missed += [...due].filter(isMissed).length;
}

/** Every changed key must be reached, and every deleted one that is not retained. */
function judgeItems(tally, sums, { plan, facts, held }) {
  const entries = plan.snapshot.manifest.entries;
  const items = plan.invalidations.flatMap((batch) => batch.items);
  const reaches = (key) =>
    items.some((item) => {
      if (item.startsWith('#')) return entries.get(key)?.tags.includes(item.slice(1));
      return item.endsWith('*') ? canonicalPath(key).startsWith(item.slice(0, -1)) : item === canonicalPath(key);
    });
  const retained = new Set(plan.changes.filter(({ kind }) => kind === 'retain').map(({ entry }) => entry.key));
  const stale = [...facts.changed, ...facts.deleted.filter((key) => !retained.has(key))];
  sums.uncovered += stale.filter((key) => !reaches(key)).length;
  tally.billable += items.length;
  countWaste(tally, reaches, { facts, held });
}

function judgePeer(tally, items, facts, held) {
  tally.billable += items.length;
  countWaste(tally, (key) => items.some((item) => reachesKey(item, key)), { facts, held });
}

/** Objects of the last build that stayed as they were and are thrown out all the same. */
function countWaste(tally, reaches, { facts, held }) {
  const touched = new Set([...facts.changed, ...facts.deleted]);
  for (const [key, { size }] of held) {
    if (touched.has(key) || !reaches(key)) continue;
    tally.overcovered += 1;
    tally.bytes += size;
  }
}
