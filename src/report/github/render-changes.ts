import type { Change } from '../../model/plan.ts';
import { isWrite } from '../../plan/change-summary.ts';
import { keyOf } from '../../plan/objects/diff-objects.ts';
import type { DeployReport } from '../deploy-result.ts';
import { formatBytes } from '../format.ts';
import { markdownCode, markdownText } from './markdown-text.ts';

/** A table of the files that a plan writes or deletes, the first ones by name and the rest by number. */
export function renderChanges({ plan }: DeployReport, most: number): readonly string[] {
  const told = (plan?.changes ?? []).filter(isWrite);
  if (told.length === 0) return [];
  const rows = told.slice(0, most).map((change) => {
    const size = 'asset' in change ? formatBytes(change.asset.size) : '';
    const reason = 'reason' in change ? change.reason : '';
    return `| ${glyphs[change.kind]} | ${markdownCode(keyOf(change))} | ${markdownText(reason)} | ${size} |`;
  });
  const more = told.length - rows.length;
  return [
    ...['', '| | file | why | size |', '|---|---|---|---:|', ...rows],
    ...(more === 0 ? [] : ['', `and ${more} more`]),
  ];
}

const glyphs: Readonly<Record<Change['kind'], string>> = {
  add: '`+`',
  change: '`~`',
  headers: '`h`',
  delete: '`-`',
  keep: '`=`',
  retain: '`=`',
  forget: '`~`',
};
