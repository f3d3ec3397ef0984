import type { Target } from './target.ts';

/** Whether functions of cdnpub's own run before the bucket. */
export const hasEdge = ({ cdn, manage }: Pick<Target, 'cdn' | 'manage'>): boolean => cdn && manage === 'all';
