import type { InfraStep } from '../model/infrastructure.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Change, Plan } from '../model/plan.ts';
import { isWrite } from '../plan/change-summary.ts';
import { keyOf } from '../plan/objects/diff-objects.ts';
import { escapeName } from './escape-name.ts';
import { count, formatBytes, row } from './format.ts';

export interface PlanView {
  readonly plan: Plan;
  readonly inventory: Inventory;
  readonly siteSource: string;
  readonly profile: string | null;
  /** Domain of the distribution that exists already. */
  readonly domain: string | null;
  /** Name every object instead of the first ones. */
  readonly verbose: boolean;
}

/** Objects named before the rest is counted. */
const shownChanges = 20;

/** The plan for people: where it goes, what is made, what changes. */
export function renderPlan(view: PlanView): readonly string[] {
  const { plan } = view;
  const firstDeploy = plan.infrastructure.some(({ kind }) => kind === 'createBucket' || kind === 'createDistribution');
  const lines = firstDeploy
    ? [...renderPlace(view), '', ...renderForeign(view)]
    : [...renderAlterations(plan), ...renderChanges(view)];
  return [...lines, ...plan.warnings.map((warning) => `  ! ${escapeName(warning)}`)];
}

function renderPlace({ plan, inventory, siteSource, profile, domain, verbose }: PlanView): readonly string[] {
  const { target } = plan;
  const makes = (kind: InfraStep['kind']) => plan.infrastructure.some((step) => step.kind === kind);
  const bytes = inventory.assets.reduce((sum, { size }) => sum + size, 0);
  const fingerprinted = inventory.assets.filter((asset) => asset.class === 'fingerprinted').length;
  const distribution = makes('createDistribution')
    ? row('Distribution', 'new, HTTPS, HTTP/3', 'will be created')
    : row('Distribution', domain ?? '');
  return [
    row('Site', target.site, `from ${siteSource}`),
    row('Account', `${target.account ?? 'unknown'} · ${target.region}`, profile === null ? '' : `profile ${profile}`),
    row('Bucket', target.bucket, makes('createBucket') ? 'will be created, private' : ''),
    ...(target.cdn ? [distribution] : [row('Distribution', 'none', 'cdn is off')]),
    row('Files', `${inventory.assets.length} · ${formatBytes(bytes)}`, `${fingerprinted} fingerprinted`),
    ...renderLeftOut(inventory, verbose),
  ];
}

/** The first files that do not go up by name, or all of them with their reasons. */
function renderLeftOut({ leftOut }: Inventory, verbose: boolean): readonly string[] {
  if (leftOut.length === 0) return [];
  if (verbose)
    return leftOut.map(({ path, reason }, index) => row(index === 0 ? 'Left out' : '', escapeName(path), reason));
  const names = leftOut.slice(0, 3).map(({ path }) => escapeName(path));
  return [row('Left out', `${leftOut.length}: ${names.join(', ')}${leftOut.length > 3 ? ' … (--verbose)' : ''}`)];
}

/** What changes on infrastructure that exists. */
function renderAlterations({ infrastructure, distributionChanges }: Plan): readonly string[] {
  const fields = distributionChanges.map(({ field, from, to }) => {
    const wanted = typeof to === 'string' ? to : 'made by this deploy';
    return `  ~ distribution ${field}: ${from || 'none'} → ${wanted || 'none'}`;
  });
  const others = infrastructure
    .filter(({ kind }) => kind !== 'updateDistribution')
    .map((step) => `  ${stepLine[step.kind]}${'when' in step && step.when === 'late' ? lateNote : ''}`);
  return [...others, ...fields];
}

const lateNote = ', when edges have forgotten the old pages';

const stepLine = {
  createBucket: '+ bucket',
  configureBucket: '~ bucket: private, versioned',
  closeBucket: '~ bucket: closed to the public again',
  writeSiteRecord: '+ site record in the bucket',
  createStore: '+ KeyValueStore',
  writeStore: '~ data of the edge rules',
  createFunction: '+ edge function',
  updateFunction: '~ edge function',
  createOac: '+ origin access control',
  createCachePolicy: '+ cache policy',
  createHeadersPolicy: '+ response headers policy',
  createDistribution: '+ distribution',
  recordResources: '~ site record in the bucket',
  updateDistribution: '~ distribution',
  putBucketPolicy: '~ bucket policy: this distribution may read',
} as const satisfies Record<InfraStep['kind'], string>;

function renderChanges({ plan, verbose }: PlanView): readonly string[] {
  const told = plan.changes.filter((change) => isWrite(change) || change.kind === 'forget');
  const shown = verbose ? told : told.slice(0, shownChanges);
  const more = told.length - shown.length;
  const fresh = plan.changes.filter((change) => change.kind === 'retain' && change.fresh).length;
  const lines = [
    ...changeLines(shown),
    ...(more > 0 ? [`    … ${more} more (--verbose)`] : []),
    ...(fresh > 0 ? [`    ${count(fresh, 'fingerprinted file')} kept for open tabs`] : []),
  ];
  return lines.length === 0 ? [] : [...lines, ''];
}

/** What is not cdnpub's is never overwritten unseen, not even among the many files of a first deploy. */
const renderForeign = ({ plan }: PlanView): readonly string[] =>
  changeLines(plan.changes.filter((change) => 'foreign' in change && change.foreign));

const glyphs = { add: '+', change: '~', headers: 'h', delete: '-', keep: '=', retain: '=', forget: '-' } as const;

/** A line a change in columns of key, reason and size; what is too long for its column takes the room it needs. */
function changeLines(changes: readonly Change[]): readonly string[] {
  const cells = changes.map((change) => ({
    glyph: glyphs[change.kind],
    key: escapeName(keyOf(change)),
    reason: 'reason' in change ? escapeName(change.reason) : '',
    size: change.kind === 'add' || change.kind === 'change' ? formatBytes(change.asset.size).padStart(9) : '',
  }));
  const keyWidth = Math.min(longest(cells.map(({ key }) => key)), 36);
  const sized = cells.filter(({ size }) => size !== '');
  const reasonWidth = longest(sized.map(({ reason }) => reason));
  return cells.map(({ glyph, key, reason, size }) =>
    `  ${glyph} ${key.padEnd(keyWidth)}  ${reason.padEnd(reasonWidth)} ${size}`.trimEnd(),
  );
}

const longest = (texts: readonly string[]): number => texts.reduce((most, { length }) => Math.max(most, length), 0);
