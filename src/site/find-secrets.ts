import type { SecretFinding } from '../model/inventory.ts';

/** A file as the search for secrets sees it: its key and its first bytes as Latin-1, or null where no marker stands there. */
export interface Candidate {
  readonly key: string;
  readonly head: string | null;
}

/** Texts of which one stands in the first bytes of every file that is found by its content. */
export const secretMarkers = [
  'PRIVATE KEY',
  'AKIA',
  'ASIA',
  'ghp_',
  'gho_',
  'ghu_',
  'ghs_',
  'ghr_',
  'github_pat_',
  'xox',
  'xapp-',
  'sk_live_',
  'rk_live_',
  'npm_',
] as const;

/**
 * Finds files that would be public and look like secrets, by name and first bytes. `what` names the kind and never holds
 * any of the content. Certificates, public keys, and the examples of documentation are none.
 */
export function findSecrets(candidates: readonly Candidate[]): SecretFinding[] {
  return candidates.flatMap(({ key, head }) => {
    const what = secretByName(key, head) ?? (head === null ? undefined : secretByContent(head));
    return what === undefined ? [] : [{ key, what }];
  });
}

function secretByName(key: string, head: string | null): string | undefined {
  const name = key.slice(key.lastIndexOf('/') + 1).toLowerCase();
  if (/^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$/.test(name)) return 'private key';
  if (/\.(?:p12|pfx|keystore|jks|ppk|kdbx)$/.test(name)) return 'key store';
  if (/^(?:\.npmrc|[._]netrc|\.pgpass|\.htpasswd|\.git-credentials|credentials)$/.test(name)) return 'credentials';
  return /\.(?:pem|key)$/.test(name) && isKeyFile(head ?? '') ? 'private key' : undefined;
}

/** `.pem` also names certificates and public keys, `.key` also Keynote presentations, which are ZIP archives. */
function isKeyFile(head: string): boolean {
  if (head === '' || head.startsWith('PK\x03\x04')) return false;
  return /PRIVATE KEY/.test(head) || !/-----BEGIN [A-Z0-9 ]+-----/.test(head);
}

function secretByContent(head: string): string | undefined {
  if (head.includes('\0')) return undefined;
  if (isPrivateKey(head)) return 'private key';
  if (isAwsKey(head)) return 'AWS access key';
  return tokens.find(({ pattern }) => (head.match(pattern) ?? []).some(isLive))?.what;
}

/** A whole file that is a key, or a key's own lines within another. Code that only names the header is no key. */
const isPrivateKey = (head: string): boolean =>
  /^(?:\xef\xbb\xbf)?\s*-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/.test(head) ||
  /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr])+(?:[\w-]+: [^\n\\]*(?:\s|\\[nr])+)*(?:[A-Za-z0-9+/=]|\s|\\[nr]){64}/.test(
    head,
  );

/** An access key id beside its secret; the id alone opens nothing. AWS' own examples all hold the word. */
function isAwsKey(head: string): boolean {
  const ids = head.match(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g) ?? [];
  if (!ids.some((id) => !id.includes('EXAMPLE'))) return false;
  const secrets = head.match(/(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g) ?? [];
  return secrets.some((one) => /[A-Z]/.test(one) && /[a-z]/.test(one) && /\d/.test(one) && isLive(one));
}

/** Forms that the issuers publish so that scanners can find them. */
const tokens: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: 'GitHub token',
    pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b/g,
  },
  { what: 'Slack token', pattern: /\b(?:xox[abeoprs]-\d{8,}-[A-Za-z0-9-]{10,}|xapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{20,})/g },
  { what: 'Stripe key', pattern: /\b[sr]k_live_[A-Za-z0-9]{16,}/g },
  { what: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
];

/** Not a placeholder: those repeat a character or say what they are. */
const isLive = (token: string): boolean =>
  new Set(token.slice(8)).size >= 8 && !/example|x{5}|your|placeholder/i.test(token);
