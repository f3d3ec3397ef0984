import type { Agent } from 'node:http';
import type { Clock } from '../clock.ts';
import type { EdgeCachePolicy, EdgeDistribution, EdgeOriginRequestPolicy, EdgeView } from '../edge-view.ts';
import type { EdgeRequest } from './edge-request.ts';
import type { CacheKey } from './make-cache-key.ts';
import type { Route } from './pick-behavior.ts';
import type { ServiceKey } from './sign-origin-request.ts';

/** What one point of presence has for all its requests. */
export interface EdgeContext {
  readonly view: EdgeView;
  readonly clock: Clock;
  /** Keeps connections to the S3 port. */
  readonly agent: Agent;
  readonly s3: { readonly host: string; readonly port: number };
  readonly serviceKey: ServiceKey;
  /** This point of presence in `Via`. */
  readonly via: string;
}

/** Where an object is looked for, and under which key. */
export interface ObjectPlan extends Route {
  readonly distribution: EdgeDistribution;
  readonly policy: EdgeCachePolicy;
  /** What else goes to the origin; undefined where nothing does. */
  readonly forward: EdgeOriginRequestPolicy | undefined;
  readonly request: EdgeRequest;
  readonly key: CacheKey;
}
