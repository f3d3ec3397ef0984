import type { ServiceHandler, WireRequest } from '../wire.ts';

/** A service as the front sees it. */
export interface FrontService {
  readonly handle: ServiceHandler;
  /** The AWS name of the operation that a request asks for (`PutObject`), also for one that will be refused. */
  readonly operationOf: (request: WireRequest) => string;
  /** What the request is about, for the log and for faults that match a key. */
  readonly subjectOf?: (request: WireRequest) => RequestSubject;
}

export interface RequestSubject {
  readonly bucket?: string;
  readonly key?: string;
}
