/** What an apply tells while it runs. The rim renders it; nothing else may depend on it. */
export type Progress =
  /** The phases that this apply will go through, in their order. */
  | { readonly kind: 'planned'; readonly phases: readonly Phase[] }
  | { readonly kind: 'started'; readonly phase: Phase; readonly total: number; readonly bytes: number }
  | { readonly kind: 'advanced'; readonly phase: Phase; readonly name: string; readonly bytes: number }
  | { readonly kind: 'finished'; readonly phase: Phase; readonly detail: string }
  | { readonly kind: 'failed'; readonly phase: Phase; readonly detail: string };

/** A part of a deploy as people see it; six at most are shown while a plan is applied. */
export type Phase = 'scan' | 'compare' | 'bucket' | 'distribution' | 'upload' | 'edge rules' | 'delete' | 'invalidate';

export type Notify = (progress: Progress) => void;
