/** A request's place among those in flight. It is given back once, whatever became of the request. */
export interface Place {
  leave(how: Leaving): void;
}

/** `slow`: the request was cut because it took too long. */
export type Leaving = 'answered' | 'throttled' | 'slow' | 'failed';
