import type { Target } from '../model/target.ts';
import { row } from './format.ts';

/** Whether a site is closed to visitors. */
export interface MaintenanceView {
  readonly target: Target;
  readonly state: 'on' | 'off';
  /** It was the other way until now. */
  readonly changed: boolean;
}

/** It as programs read it. */
export function maintenanceObject({ target, state, changed }: MaintenanceView): object {
  const { site, channel, account, region, bucket } = target;
  return { schema: 1, ok: true, exit: 0, site, channel, account, region, bucket, maintenance: state, changed };
}

/** It for people. */
export function renderMaintenance({ state, changed }: MaintenanceView): readonly string[] {
  const told = state === 'on' ? 'visitors get the maintenance page' : 'visitors get the site';
  const next = state === 'on' ? 'cdnpub maintenance off opens it again' : '';
  return [row('Maintenance', changed ? `${state} within seconds: ${told}` : `${state}: ${told}`, next)];
}
