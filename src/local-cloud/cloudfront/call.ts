import type { Clock } from '../clock.ts';
import type { Propagation } from '../propagation.ts';
import type { Caller, WireRequest, WireResponse } from '../wire.ts';
import { parseXml, type XmlNode, type XmlTree } from '../xml.ts';
import { cloudFrontFault } from './cloudfront-fault.ts';
import type { Ids } from './ids.ts';
import type { CloudFrontState } from './state.ts';
import { treeOf } from './tree.ts';

/** One call of an operation: the request, who makes it, and the cloud that it reads and alters. */
export interface Call {
  readonly cloud: Cloud;
  readonly request: WireRequest;
  /** The caller's account; nobody sees another's resources. */
  readonly account: string;
  /** The variable parts of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** What operations do, by their API names. */
export type Operations = Readonly<Record<string, (call: Call) => WireResponse | Promise<WireResponse>>>;

export interface Cloud {
  readonly state: CloudFrontState;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly domainSuffix: string;
  readonly delays: Delays;
  readonly propagation: Propagation;
  readonly readObject: ReadObject;
  /** To be called after every alteration of the state. */
  changed(): void;
}

/**
 * An object of S3, read in the caller's name: "you must have the s3:GetObject and s3:GetBucketLocation permissions to
 * that bucket" [dev guide, Create a key value store]. Throws S3's own ServiceFault.
 */
export type ReadObject = (caller: Caller, bucket: string, key: string) => Promise<Buffer>;

/** Milliseconds of the server's clock. */
export interface Delays {
  readonly deployMs: number;
  readonly invalidateMs: number;
  readonly storeReadyMs: number;
  readonly storeSettleMs: number;
}

/**
 * The request's body.
 * @throws ServiceFault MissingBody where it is empty, MalformedXML where it is not XML with that root.
 */
export function bodyOf(call: Call, rootName: string): XmlTree {
  if (call.request.body.length === 0) throw cloudFrontFault('MissingBody');
  const { root, tree } = parse(call.request.body);
  if (root !== rootName) throw cloudFrontFault('MalformedXML', `Expected a ${rootName} element, found ${root}.`);
  return treeOf(tree);
}

/**
 * Refuses a write whose If-Match is not the current ETag: what cannot be an ETag is InvalidIfMatchVersion 400,
 * a stale one PreconditionFailed 412 [dts UpdateDistribution, facts 1.1].
 */
export function requireMatch(call: Call, etag: string): void {
  const given = call.request.headers['if-match']?.trim().replace(/^"(.*)"$/, '$1');
  if (given === undefined || !/^E[0-9A-Z]{6,}$/.test(given)) throw cloudFrontFault('InvalidIfMatchVersion');
  if (given !== etag) throw cloudFrontFault('PreconditionFailed');
}

function parse(body: Buffer): { readonly root: string; readonly tree: XmlNode } {
  try {
    return parseXml(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw cloudFrontFault('MalformedXML', error.message);
    throw error;
  }
}
