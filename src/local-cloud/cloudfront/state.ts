import type { KeyValueStore } from '../keyvaluestore/key-value-store.ts';
import type { XmlTree } from '../xml.ts';

/** All that the control plane remembers. Records are replaced, never altered; stores are altered in place. */
export interface CloudFrontState {
  readonly distributions: Map<string, Distribution>;
  readonly originAccessControls: Map<string, OriginAccessControl>;
  /** Custom policies; the managed ones are a constant. */
  readonly policies: Map<string, Policy>;
  /** By distribution id, oldest first; serials grow from 1 without gaps. */
  readonly invalidations: Map<string, readonly Invalidation[]>;
  /** By ARN. */
  readonly functions: Map<string, FunctionRecord>;
  /** By ARN. */
  readonly stores: Map<string, KeyValueStore>;
  /** Tags by the ARN of what bears them. */
  readonly tags: Map<string, Readonly<Record<string, string>>>;
}

/** Times are milliseconds since the epoch by the server's clock. */
export interface Distribution {
  readonly id: string;
  readonly account: string;
  readonly arn: string;
  /** Host name without port. */
  readonly domain: string;
  readonly etag: string;
  readonly modifiedAt: number;
  /** From then on its Status is `Deployed`. */
  readonly deployedAt: number;
  /** Grows with every create and update in the whole cloud: the greatest was touched last. */
  readonly touched: number;
  readonly config: XmlTree;
}

export interface OriginAccessControl {
  readonly id: string;
  readonly account: string;
  readonly etag: string;
  readonly config: XmlTree;
}

export type PolicyKind = 'CachePolicy' | 'OriginRequestPolicy' | 'ResponseHeadersPolicy';

export interface Policy {
  readonly id: string;
  readonly kind: PolicyKind;
  /** `managed` for those that every account has. */
  readonly account: string;
  readonly etag: string;
  readonly modifiedAt: number;
  readonly config: XmlTree;
}

export interface Invalidation {
  readonly id: string;
  readonly serial: number;
  readonly callerReference: string;
  readonly items: readonly string[];
  readonly at: number;
  /** From then on its Status is `Completed`. */
  readonly completedAt: number;
}

export interface FunctionRecord {
  readonly name: string;
  readonly account: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly development: FunctionStage;
  readonly live?: LiveStage;
}

export interface FunctionStage {
  readonly etag: string;
  readonly modifiedAt: number;
  readonly config: XmlTree;
  /** Base64. */
  readonly code: string;
  /** Whether LIVE holds this very code and config. */
  readonly published: boolean;
}

export interface LiveStage extends FunctionStage {
  readonly version: number;
  /** From then on every associated distribution runs it. */
  readonly deployedAt: number;
}

export function createState(): CloudFrontState {
  return {
    distributions: new Map(),
    originAccessControls: new Map(),
    policies: new Map(),
    invalidations: new Map(),
    functions: new Map(),
    stores: new Map(),
    tags: new Map(),
  };
}
