import type { Bench } from '../../support/open-bench.ts';

/**
 * What went wrong for publishers before this one, by its number: D comparing, U uploading, X deleting, V invalidating,
 * C distribution and security, M names, types and config, P stores that are like S3, Q tests.
 */
export type PitfallId = `${'D' | 'U' | 'X' | 'V' | 'C' | 'M' | 'P' | 'Q'}${number}`;

/** How many there are of each. */
export const pitfallCounts = { D: 6, U: 6, X: 6, V: 8, C: 8, M: 5, P: 1, Q: 1 } as const;

/** One that no other test is about. */
export interface Pitfall {
  readonly id: PitfallId;
  readonly what: string;
  readonly run: (open: typeof import('../../support/open-bench.ts').openBench) => Promise<void>;
}

/** One that another test is about. */
export interface CoveredPitfall {
  readonly id: PitfallId;
  readonly what: string;
  /** Under `test/`. */
  readonly file: string;
  /** Of the test, or of its row. */
  readonly name: string;
}

/** Content of a file that goes up in parts: 17 MiB. */
export const largeFile = (fill: string): Uint8Array => Buffer.alloc(17 * 1024 * 1024, fill);

/** What a deploy that finds nothing to do looks like. */
export const settled = async ({ deploy }: Bench): Promise<boolean> => (await deploy()).state === 'unchanged';
