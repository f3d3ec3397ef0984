import type { CdnpubError } from '../model/cdnpub-error.ts';
import type { Phase } from '../model/progress.ts';
import type { Wave } from '../plan/waves/order-waves.ts';
import { orderWaves } from '../plan/waves/order-waves.ts';
import type { Run } from './run.ts';
import { phaseOf } from './run-infrastructure.ts';

/** Tells the rim which phase is under way: several waves make one phase, which starts once and finishes with its last wave. */
export function tellPhases(run: Run): {
  begin(wave: Wave): void;
  end(wave: Wave): void;
  fail(error: CdnpubError): void;
} {
  const totals = countItems(run);
  const left = new Map([...totals].map(([phase, { items }]) => [phase, items]));
  const open = new Set<Phase>();
  const { notify } = run.ports;
  const invalidates: readonly Phase[] = run.plan.invalidations.length > 0 ? ['invalidate'] : [];
  notify({ kind: 'planned', phases: [...totals.keys(), ...invalidates] });
  return {
    begin(wave) {
      for (const phase of phasesOf(wave).keys()) {
        const total = totals.get(phase);
        if (open.has(phase) || total === undefined) continue;
        open.add(phase);
        notify({ kind: 'started', phase, total: total.items, bytes: total.bytes });
      }
    },
    end(wave) {
      for (const [phase, { items }] of phasesOf(wave)) {
        const rest = (left.get(phase) ?? 0) - items;
        left.set(phase, rest);
        if (rest > 0 || !open.delete(phase)) continue;
        notify({ kind: 'finished', phase, detail: '' });
      }
    },
    fail(error) {
      for (const phase of open) notify({ kind: 'failed', phase, detail: error.message });
    },
  };
}

interface Count {
  readonly items: number;
  readonly bytes: number;
}

function countItems({ plan }: Run): ReadonlyMap<Phase, Count> {
  const totals = new Map<Phase, Count>();
  for (const wave of orderWaves(plan))
    for (const [phase, count] of phasesOf(wave)) totals.set(phase, sum(totals.get(phase), count));
  return totals;
}

/** How much of each phase a wave holds. */
function phasesOf(wave: Wave): ReadonlyMap<Phase, Count> {
  const phases = new Map<Phase, Count>();
  const add = (phase: Phase, bytes: number) => phases.set(phase, sum(phases.get(phase), { items: 1, bytes }));
  for (const step of wave.infrastructure) add(phaseOf(step), 0);
  for (const change of wave.writes) {
    if (change.kind === 'delete') add('delete', 0);
    else if ('asset' in change) add('upload', change.kind === 'headers' ? 0 : change.asset.size);
  }
  return phases;
}

const sum = (a: Count | undefined, b: Count): Count => ({
  items: (a?.items ?? 0) + b.items,
  bytes: (a?.bytes ?? 0) + b.bytes,
});
