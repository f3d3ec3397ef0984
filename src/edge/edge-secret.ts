import type { EdgeSecret } from '../model/edge-program.ts';

/** HMAC-SHA-256 of a text as lower-case hex; handed in, as pure code computes none. */
export type Hmac = (key: string, text: string) => string;

/**
 * What the store holds of a secret. Of a password it is `SALT HASH`, the hash being the HMAC-SHA-256 of the password with
 * the salt as its key: the password itself is nowhere. A token's key is kept as it is, or no token could be checked,
 * and so is what a server is told.
 */
export function edgeSecretValue(
  secret: EdgeSecret,
  { value, salt, hmac }: { readonly value: string; readonly salt: string; readonly hmac: Hmac },
): string {
  return secret.kind === 'password' ? `${salt} ${hmac(salt, value)}` : value;
}
