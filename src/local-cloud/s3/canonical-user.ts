import { createHash } from 'node:crypto';

/** The owner element of an account: a canonical user id of 64 hex digits, made from the account's number. */
export function canonicalUser(account: string): { readonly ID: string } {
  return { ID: createHash('sha256').update(`canonical-user:${account}`).digest('hex') };
}
