import type { EdgeSource } from '../../model/edge-source.ts';
import type { EdgeTools } from '../edge-tools.ts';
import { packHeaders } from './pack-headers.ts';
import { type FunctionText, functionText } from './text-parts.ts';

/** The text of the viewer-response function. */
export function viewerResponseText(source: EdgeSource, tools: EdgeTools): FunctionText {
  const text = source.handlers.viewerResponse;
  const { headers } = source;
  return functionText({
    fragments: [...(headers.length > 0 ? ['response-headers.js'] : []), 'viewer-response.js'],
    constants: { HAS_HEADERS: headers.length > 0, HAS_HANDLER: text !== null },
    data: { headers: headers.length > 0 ? packHeaders(headers) : undefined },
    handler: text === null ? null : { name: 'edge.viewerResponse', text },
    tools,
  });
}
