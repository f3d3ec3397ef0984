/**
 * What CloudFront hands to a function, and what a function hands back (CloudFront Developer Guide, "CloudFront
 * Functions event structure"). Plain data: it crosses the sandbox's wall as JSON.
 */
export interface FunctionEvent {
  readonly version: '1.0';
  readonly context: {
    readonly distributionDomainName: string;
    readonly distributionId: string;
    readonly eventType: FunctionEventType;
    readonly requestId: string;
  };
  readonly viewer: { readonly ip: string };
  readonly request: FunctionRequest;
  /** Viewer-response events only; never with a body, which functions cannot read. */
  readonly response?: FunctionResponse;
}

export type FunctionEventType = 'viewer-request' | 'viewer-response';

export interface FunctionRequest {
  readonly method: string;
  /** Percent-encoded as it was sent, without the query string. */
  readonly uri: string;
  readonly querystring: FunctionFields;
  /** Names in lower case; never `cookie`. */
  readonly headers: FunctionFields;
  readonly cookies: FunctionFields;
}

export interface FunctionResponse {
  readonly statusCode: number;
  readonly statusDescription?: string;
  /** Names in lower case; never `set-cookie`. */
  readonly headers?: FunctionFields;
  readonly cookies?: FunctionFields;
  /** Absent where the function keeps the body that came from the cache or the origin. */
  readonly body?: string | { readonly encoding: 'text' | 'base64'; readonly data: string };
}

/** Query parameters, headers or cookies by name. */
export type FunctionFields = Readonly<Record<string, FunctionField>>;

export interface FunctionField extends FunctionValue {
  /** Only where the name occurs more than once; its first element repeats `value`. */
  readonly multiValue?: readonly FunctionValue[];
}

export interface FunctionValue {
  readonly value: string;
  /** Of a response's cookie: all after the first `;` of `Set-Cookie`. */
  readonly attributes?: string;
}
