/** An object as the choice of invalidation items sees it. */
export interface CoverKey {
  /** The canonical path under which edges hold it: ASCII, percent-encoded. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Tags that every version of it that an edge may hold is known to carry. */
  readonly tags: readonly string[];
}

/** The path up to its last slash: `/blog/` for `/blog/a.html`. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** What throwing an unchanged object out costs: its bytes, and never nothing. */
export const weightOf = ({ size }: CoverKey): number => Math.max(1, size);
