import { ServiceFault } from '../../service-fault.ts';

/** How a listing writes keys: as they are, or percent-encoded under `encoding-type=url`. */
export type NameEncoder = (name: string) => string;

/** @throws ServiceFault InvalidArgument for an encoding that S3 does not know. */
export function nameEncoder(query: URLSearchParams): NameEncoder {
  const type = query.get('encoding-type');
  if (type === null || type === '') return (name) => name;
  if (type === 'url') return encodeUrl;
  const details = { ArgumentName: 'encoding-type', ArgumentValue: type };
  throw new ServiceFault(400, 'InvalidArgument', 'Invalid Encoding Method specified in Request', { details });
}

/** As S3 does it: like a form, so that a space is `+`, but with `/` and `*` as they are. */
function encodeUrl(name: string): string {
  return encodeURIComponent(name)
    .replace(/%20/g, '+')
    .replace(/%2F/g, '/')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
