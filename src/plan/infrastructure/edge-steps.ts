import type { EdgeProgram, EdgePrograms } from '../../model/edge-program.ts';
import type { FunctionRole, InfraStep, StepTime } from '../../model/infrastructure.ts';
import { knownOrRef, type Value } from '../../model/ref.ts';
import type { SiteRecord } from '../../model/site-record.ts';
import type { CdnSnapshot } from '../../model/snapshot.ts';
import type { Target } from '../../model/target.ts';
import { firstLoad } from '../edge/first-load.ts';
import { isIdle, type KeyWrites, type StorePlan } from '../edge/plan-store.ts';
import { resourceNames } from './resource-names.ts';

interface EdgeStepsInput {
  readonly target: Target;
  readonly record: SiteRecord;
  readonly cdn: CdnSnapshot;
  readonly programs: EdgePrograms;
  readonly store: StorePlan;
  /** Paths of the site that functions are tried on. */
  readonly samples: readonly string[];
}

/** Steps before the pages that need them: the store with its data first, then the functions that read it. */
export function edgeSteps({ target, record, cdn, programs, store, samples }: EdgeStepsInput): readonly InfraStep[] {
  const { store: name } = resourceNames(record);
  const storeArn = knownOrRef(cdn.resolved, 'store.arn');
  // Nobody uses a function that is not at viewer-request yet; its data comes with it.
  const when = isNew(cdn, 'request') ? 'provision' : 'edge';
  const load = cdn.store === undefined ? firstLoad(store.first.puts, target) : null;
  return [
    ...(cdn.store === undefined ? [{ kind: 'createStore', name, load } as const] : []),
    ...writeStore(storeArn, without(store.first, load?.keys ?? {}), when),
    ...roles.flatMap((role) => functionSteps(role, { record, cdn, storeArn, samples }, programs.during)),
  ];
}

/** Rules shrink when edges have forgotten the pages that needed them: first the functions, then what they have read. */
export function lateEdgeSteps({
  record,
  cdn,
  programs,
  store,
  samples,
}: Omit<EdgeStepsInput, 'target'>): readonly InfraStep[] {
  const storeArn = knownOrRef(cdn.resolved, 'store.arn');
  const updates = roles.flatMap((role): readonly InfraStep[] => {
    const code = textOf(programs.after, role);
    if (code === null || code === textOf(programs.during, role)) return [];
    return [{ kind: 'updateFunction', role, name: nameOf(record, role), code, storeArn, samples, when: 'late' }];
  });
  return [...updates, ...writeStore(storeArn, store.late, 'late')];
}

const roles: readonly FunctionRole[] = ['request', 'response'];

const textOf = (program: EdgeProgram, role: FunctionRole): string | null =>
  role === 'request' ? program.viewerRequest : program.viewerResponse;

function nameOf(record: SiteRecord, role: FunctionRole): string {
  const { edgeFunction, responseFunction } = resourceNames(record);
  return role === 'request' ? edgeFunction : responseFunction;
}

const liveOf = (cdn: CdnSnapshot, role: FunctionRole): CdnSnapshot['edgeFunction'] =>
  role === 'request' ? cdn.edgeFunction : cdn.responseFunction;

/** A function must be LIVE before a distribution names it; once one does, a new text is an edge rule that changes. */
const isNew = (cdn: CdnSnapshot, role: FunctionRole): boolean =>
  cdn.distribution === undefined || liveOf(cdn, role) === undefined;

function functionSteps(
  role: FunctionRole,
  { record, cdn, storeArn, samples }: Pick<EdgeStepsInput, 'record' | 'cdn' | 'samples'> & { readonly storeArn: Value },
  program: EdgeProgram,
): readonly InfraStep[] {
  const code = textOf(program, role);
  if (code === null || liveOf(cdn, role)?.code === code) return [];
  const step = { role, name: nameOf(record, role), code, storeArn, samples };
  return [isNew(cdn, role) ? { kind: 'createFunction', ...step } : { kind: 'updateFunction', ...step, when: 'edge' }];
}

/** The writes that are left when the store is made with some of them. */
const without = (writes: KeyWrites, loaded: KeyWrites['puts']): KeyWrites => ({
  ...writes,
  puts: Object.fromEntries(Object.entries(writes.puts).filter(([key]) => !(key in loaded))),
});

const writeStore = (storeArn: Value, writes: KeyWrites, when: StepTime): readonly InfraStep[] =>
  isIdle(writes) ? [] : [{ kind: 'writeStore', storeArn, ...writes, when }];
