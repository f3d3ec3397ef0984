import type { Change } from '../model/plan.ts';
import { escapeName } from './escape-name.ts';
import { formatDay } from './format.ts';

/** Folders told one by one. */
const shownFolders = 3;

/** What the build no longer holds and stays for open tabs, by folder, with the day until which it does. */
export function retainedLines(changes: readonly Change[], assetsSeconds: number): readonly string[] {
  const folders = new Map<string, { files: number; until: number }>();
  for (const change of changes) {
    if (change.kind !== 'retain' || !change.fresh) continue;
    const { key, retainedSince } = change.entry;
    const folder = key.slice(0, key.lastIndexOf('/') + 1);
    const { files, until } = folders.get(folder) ?? { files: 0, until: 0 };
    folders.set(folder, { files: files + 1, until: Math.max(until, (retainedSince ?? 0) + assetsSeconds) });
  }
  const told = [...folders].map(([folder, { files, until }]) => line(escapeName(folder), files, until));
  if (folders.size <= shownFolders) return told;
  const all = [...folders.values()];
  return [
    line(
      '',
      all.reduce((sum, { files }) => sum + files, 0),
      Math.max(...all.map(({ until }) => until)),
    ),
  ];
}

const line = (folder: string, files: number, until: number): string =>
  `  = ${folder === '' ? '' : `${folder}  `}${files} kept for open tabs until ${formatDay(until)}`;
