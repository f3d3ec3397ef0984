import type { PolicyDocument } from './policy/policy-document.ts';

/** Who sent a request, as its signature shows. */
export type Caller =
  | {
      readonly kind: 'account';
      readonly account: string;
      readonly accessKeyId: string;
      readonly arn: string;
      /** What the key itself may do; without one, all that the account may. */
      readonly policy?: PolicyDocument;
    }
  | { readonly kind: 'service'; readonly service: string; readonly sourceArn: string }
  | { readonly kind: 'anonymous' };

export type Service = 's3' | 'sts' | 'cloudfront' | 'cloudfront-keyvaluestore';

/** One request to a service, after the front has read it, checked its signature and given it an id. */
export interface WireRequest {
  readonly id: string;
  readonly service: Service;
  readonly method: string;
  /** The path as it was sent: percent-encoded, without the query string, never normalised. */
  readonly rawPath: string;
  readonly query: URLSearchParams;
  /** The `Host` header, lower case, with its port. */
  readonly host: string;
  /** Names in lower case; several lines of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it is meant (aws-chunked framing already taken off). */
  readonly body: Buffer;
  /** Trailers of an aws-chunked body, names in lower case (`x-amz-checksum-crc32`, say). */
  readonly trailers: Readonly<Record<string, string>>;
  readonly caller: Caller;
  /** The region of the credential scope; none where the request is unsigned or signed for a set of regions. */
  readonly region?: string;
  /** When the head arrived, in `performance.now()` milliseconds: the begin of the request's time in flight. */
  readonly arrivedAtMs?: number;
}

export interface WireResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** A service's side of the wire: answers one request. What it throws becomes a 500, so AWS errors are answers. */
export type ServiceHandler = (request: WireRequest) => WireResponse | Promise<WireResponse>;
