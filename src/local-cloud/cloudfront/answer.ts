import type { WireResponse } from '../wire.ts';
import { type XmlInput, xmlDocument } from '../xml.ts';

const namespace = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** An answer with an XML body. `location` is a path under the API's version. */
export function answerXml(options: {
  readonly status?: number;
  readonly root: string;
  readonly tree: XmlInput;
  readonly etag?: string;
  readonly location?: string;
}): WireResponse {
  const { status = 200, root, tree, etag, location } = options;
  return {
    status,
    headers: {
      'content-type': 'text/xml',
      ...(etag === undefined ? {} : { etag }),
      ...(location === undefined ? {} : { location: `https://cloudfront.amazonaws.com/2020-05-31/${location}` }),
    },
    body: xmlDocument(root, namespace, tree),
  };
}

/** The answer of a delete. */
export const noContent: WireResponse = { status: 204 };

/** A time as the API writes it: ISO 8601 with milliseconds. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
