import type { InfraStep } from '../model/infrastructure.ts';
import type { Inventory } from '../model/inventory.ts';
import type { Plan } from '../model/plan.ts';
import { isWrite } from '../plan/change-summary.ts';
import { changeLines } from './change-lines.ts';
import { escapeName } from './escape-name.ts';
import { formatBytes, row } from './format.ts';
import { renderInvalidation } from './render-invalidation.ts';
import { retainedLines } from './retained-lines.ts';

export interface PlanView {
  readonly plan: Plan;
  readonly inventory: Inventory;
  readonly siteSource: string;
  readonly profile: string | null;
  /** Domain of the distribution that exists already. */
  readonly domain: string | null;
  /** Name every object, and tell what else could be invalidated. */
  readonly verbose: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** How long fingerprinted files outlive the build that held them. */
  readonly assetsSeconds: number;
}

/** Lines of changes; from there on they are told by folder. */
const shownChanges = 20;

/** The plan for people: where it goes, what is made, what changes. */
export function renderPlan(view: PlanView): readonly string[] {
  const { plan } = view;
  const firstDeploy = plan.infrastructure.some(({ kind }) => kind === 'createBucket' || kind === 'createDistribution');
  const lines = firstDeploy
    ? [...renderPlace(view), '', ...(view.verbose ? renderChanges(view) : renderForeign(view))]
    : [...renderAlterations(plan), ...renderChanges(view)];
  return [...lines, ...renderForgetting(view), ...plan.warnings.map((warning) => `  ! ${escapeName(warning)}`)];
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
  askForState: '? nobody else can read the site record',
  createStore: '+ KeyValueStore',
  writeStore: '~ data of the edge rules',
  createFunction: '+ edge function',
  updateFunction: '~ edge function',
  createOac: '+ origin access control',
  createCachePolicy: '+ cache policy',
  createHeadersPolicy: '+ response headers policy',
  createDistribution: '+ distribution',
  deletePolicy: '- policy that the distribution has left',
  recordResources: '~ site record in the bucket',
  updateDistribution: '~ distribution',
  putBucketPolicy: '~ bucket policy: this distribution may read',
} as const satisfies Record<InfraStep['kind'], string>;

function renderChanges({ plan, verbose, columns, assetsSeconds }: PlanView): readonly string[] {
  const told = plan.changes.filter(
    (change) => isWrite(change) || change.kind === 'forget' || (verbose && change.kind === 'keep'),
  );
  const most = verbose ? Number.POSITIVE_INFINITY : shownChanges;
  const lines = [...changeLines(told, { most, columns }), ...retainedLines(plan.changes, assetsSeconds)];
  return lines.length === 0 ? [] : [...lines, ''];
}

/** The items and what else they could have been; the end of a dry run tells the items alone. */
const renderForgetting = ({ plan, verbose }: PlanView): readonly string[] =>
  verbose && plan.invalidations.length > 0 ? [...renderInvalidation(plan.invalidations, { verbose }), ''] : [];

/** What is not cdnpub's is never overwritten unseen, not even among the many files of a first deploy. */
const renderForeign = ({ plan, columns }: PlanView): readonly string[] =>
  changeLines(
    plan.changes.filter((change) => 'foreign' in change && change.foreign),
    { most: Number.POSITIVE_INFINITY, columns },
  );
