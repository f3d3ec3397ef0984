import type { XmlNode } from '../../xml.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { integerAt, itemsOf, textAt } from '../tree.ts';

// Codes that can have a custom page, and codes that it can be sent with [cfg23 custom error pages, facts 1.2].
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
const responseCodes = ['200', ...errorCodes.map(String)];

/** The rules of CustomErrorResponses. */
export function checkErrorResponses(list: XmlNode | undefined): void {
  const responses = itemsOf(list);
  for (const response of responses) checkErrorResponse(response);
  // One custom error response for each code [dts CustomErrorResponses]; a path of at most 4,000 characters [cfg23].
  const codes = responses.map((response) => integerAt(response, 'ErrorCode'));
  if (new Set(codes).size < codes.length)
    throw cloudFrontFault('InvalidErrorCode', 'Two custom error responses have the same ErrorCode.');
}

function checkErrorResponse(response: XmlNode): void {
  if (!errorCodes.includes(integerAt(response, 'ErrorCode') ?? 0)) throw cloudFrontFault('InvalidErrorCode');
  const page = textAt(response, 'ResponsePagePath');
  const code = textAt(response, 'ResponseCode');
  // "If you specify a value for ResponsePagePath, you must also specify a value for ResponseCode" [dts CustomErrorResponse]
  if ((page === '') !== (code === '')) {
    const missing = page === '' ? 'ResponsePagePath' : 'ResponseCode';
    throw cloudFrontFault('InvalidArgument', `The parameter ${missing} is required.`);
  }
  if (code !== '' && !responseCodes.includes(code)) throw cloudFrontFault('InvalidResponseCode');
  if (page !== '' && (!page.startsWith('/') || page.length > 4000)) throw cloudFrontFault('InvalidRelativePath');
}
