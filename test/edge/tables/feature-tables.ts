import type { FeatureTable } from '../feature-table.ts';
import type { SiteAtEdge } from '../open-site.ts';
import { addressTables } from './address-tables.ts';
import { authTables } from './auth-tables.ts';
import { handlerTables } from './handler-tables.ts';
import { maintenanceTables } from './maintenance-tables.ts';
import { originTables } from './origin-tables.ts';
import { pairTables } from './pair-tables.ts';
import { redirectTables } from './redirect-tables.ts';
import { tokenTables } from './token-tables.ts';

/**
 * What the features of the edge do, alone and where two of them meet. Whoever runs functions can be held to it: the sandbox
 * alone, or an edge over HTTP.
 */
export const featureTables: readonly FeatureTable[] = [
  ...redirectTables,
  ...addressTables,
  ...authTables,
  ...tokenTables,
  ...maintenanceTables,
  ...originTables,
  ...handlerTables,
  ...pairTables,
];

/** The site of a table, to ask more of it. */
export function siteOf(name: string): SiteAtEdge {
  const found = featureTables.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no table is called ${name}`);
  return found.site;
}
