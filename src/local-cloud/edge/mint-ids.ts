import { createHash } from 'node:crypto';

/** What marks one point of presence and its requests; the same seed mints the same ids in the same order. */
export interface IdMint {
  readonly pop: string;
  readonly via: string;
  /** As `X-Amz-Cf-Id`: 56 characters that end in `==`. */
  nextRequestId(): string;
}

/** Some of CloudFront's location codes, for show. */
const locations: readonly string[] = ['LHR61', 'FRA56', 'IAD89', 'SFO53', 'NRT57', 'SYD62', 'GRU3', 'BOM78'];

export function createIdMint(seed: number): IdMint {
  let count = 0;
  const digest = (label: string) => createHash('sha512').update(`${seed} ${label}`);
  const location = locations[Math.abs(Math.trunc(seed)) % locations.length] ?? 'LHR61';
  return {
    pop: `${location}-P${1 + ((digest('pop').digest()[0] ?? 0) % 9)}`,
    via: `1.1 ${digest('via').digest('hex').slice(0, 32)}.cloudfront.net (CloudFront)`,
    nextRequestId() {
      count += 1;
      return `${digest(`request ${count}`).digest('base64url').slice(0, 54)}==`;
    },
  };
}
