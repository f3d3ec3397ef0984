import { CdnpubError } from '../model/cdnpub-error.ts';
import type { MaintenanceView } from '../report/maintenance-report.ts';
import { readLive } from './read-live.ts';
import { type WireOptions, wire } from './wire.ts';

export interface MaintenanceOptions extends WireOptions {
  /** `ask`: only tells how it is. */
  readonly wish: 'on' | 'off' | 'ask';
}

/** The one key of the store that no deploy ever changes. */
const key = 'maintenance';

/**
 * Closes the site to visitors or opens it again, by one write to its store; edges have it within seconds. Throws
 * `E_CONFIG` where nothing was published, or the site was deployed without `maintenance`.
 */
export async function maintenance({ wish, ...options }: MaintenanceOptions): Promise<MaintenanceView> {
  const wired = await wire(options);
  try {
    const { record } = await readLive(wired);
    const { data, target } = wired;
    if (data === undefined || record.storeArn === null) throw cannotClose(target.site);
    const arn = record.storeArn;
    const { etag } = await data.describe(arn);
    const before = await data.read(arn, key);
    if (before === undefined) throw cannotClose(target.site);
    const changed = wish !== 'ask' && wish !== before;
    if (changed) await data.write({ arn, etag, puts: new Map([[key, wish]]), deletes: [] });
    return { target, state: (changed ? wish : before) === 'off' ? 'off' : 'on', changed };
  } finally {
    wired.close();
  }
}

const cannotClose = (site: string): CdnpubError =>
  new CdnpubError('E_CONFIG', {
    message: `${site} was deployed without "maintenance", so its edge would not ask whether it is closed`,
    hints: ['add "maintenance": {} to the config and deploy once'],
  });
