import { CdnpubError } from '../model/cdnpub-error.ts';
import type { AwsService } from './aws-service.ts';

/**
 * The endpoint that `AWS_ENDPOINT_URL_SERVICE` or `AWS_ENDPOINT_URL` names, or undefined for AWS itself; an empty
 * variable counts as not set. Throws `E_CONFIG` for what is no address.
 */
export function findEndpoint(
  env: Readonly<Record<string, string | undefined>>,
  service: AwsService,
): string | undefined {
  const names = [`AWS_ENDPOINT_URL_${service.toUpperCase()}`, 'AWS_ENDPOINT_URL'];
  const name = names.find((candidate) => env[candidate]);
  const endpoint = name === undefined ? undefined : env[name];
  if (endpoint === undefined || isAddress(endpoint)) return endpoint;
  throw new CdnpubError('E_CONFIG', {
    message: `${name}: ${JSON.stringify(endpoint)}: an endpoint looks like https://s3.example.com`,
    hints: [`change ${name}, or take it away to use AWS`],
    details: { source: name, value: endpoint },
  });
}

const isAddress = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
