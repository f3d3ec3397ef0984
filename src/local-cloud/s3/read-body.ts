import { ServiceFault } from '../service-fault.ts';
import type { WireRequest } from '../wire.ts';
import { parseXml, type XmlNode } from '../xml.ts';

/**
 * The XML body of a request, whose root must be `root`.
 * @throws ServiceFault MalformedXML, MissingRequestBodyError.
 */
export function readBody(request: WireRequest, root: string): XmlNode {
  if (request.body.length === 0) throw new ServiceFault(400, 'MissingRequestBodyError', 'Request Body is empty');
  try {
    const parsed = parseXml(request.body);
    if (parsed.root === root) return parsed.tree;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw malformedXml();
}

export function malformedXml(): ServiceFault {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema';
  return new ServiceFault(400, 'MalformedXML', message);
}
