import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { CdnpubError } from '../../model/cdnpub-error.ts';

/**
 * The certificate authorities to trust: Node's own and those of the PEM file that `AWS_CA_BUNDLE` names (and of
 * NODE_EXTRA_CA_CERTS, which a list of one's own would replace); undefined where Node's will do. Throws `E_CONFIG` for a
 * file that cannot be read or holds no certificate.
 */
export function readAuthorities(env: Readonly<Record<string, string | undefined>>): readonly string[] | undefined {
  const { AWS_CA_BUNDLE: bundle, NODE_EXTRA_CA_CERTS: extra } = env;
  if (!bundle) return undefined;
  return [...rootCertificates, readBundle(bundle), ...(extra ? [readBundle(extra)] : [])];
}

function readBundle(path: string): string {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  } catch (cause) {
    throw unreadable(path, cause);
  }
  throw unreadable(path, undefined);
}

const unreadable = (path: string, cause: unknown): CdnpubError =>
  new CdnpubError('E_CONFIG', {
    message: `AWS_CA_BUNDLE: ${path} is no file of certificates in PEM`,
    hints: ['change AWS_CA_BUNDLE, or take it away to trust what Node trusts'],
    details: { source: 'AWS_CA_BUNDLE', value: path },
    cause,
  });
