import type { Digest } from '../../model/digest.ts';
import type { EdgeSecret } from '../../model/edge-program.ts';
import type { EdgeOrigin, OriginServer } from '../../model/edge-source.ts';
import { embedded, knownOrRef, type Resolved } from '../../model/ref.ts';
import { allMethods, forwardAllPolicyId, noCachePolicyId, originIdPrefix } from './origin-constants.ts';

/** What the distribution says of other servers: each entry a few words, entries separated by `, `; empty for none. */
export interface OriginFields {
  /** `cdnpub-1a2b3c4d https://api.example.com timeout=30 x-origin-secret=HASH`. */
  readonly Origins: string;
  /** In the order in which paths are compared: `/api/* cdnpub-1a2b3c4d methods=GET+HEAD cache=ID forward=ID edge=site`. */
  readonly CacheBehaviors: string;
}

interface OriginFieldsInput {
  readonly origins: readonly EdgeOrigin[];
  readonly resolved: Resolved;
  readonly hashOf: (secret: EdgeSecret) => string;
  readonly digest: Digest;
}

/** One origin for each server, and a behaviour for each pattern. */
export function originFields({ origins, resolved, hashOf, digest }: OriginFieldsInput): OriginFields {
  const idOf = (server: OriginServer) => `${originIdPrefix}${digest(JSON.stringify(whereOf(server))).slice(0, 8)}`;
  const servers = new Map(origins.map(({ server }) => [idOf(server), server]));
  return {
    Origins: sorted([...servers].map(([id, server]) => originText(id, server, hashOf)).join(separator)),
    CacheBehaviors: origins
      .flatMap(({ patterns, server }) => patterns.map((one) => behaviorText(one, idOf(server), server, resolved)))
      .join(separator),
  };
}

const separator = ', ';

/** Origins have no order that matters. */
const sorted = (text: string): string => [...entriesOf(text)].sort().join(separator);

/** What makes an origin another one; a secret may change under it. */
const whereOf = ({ url, timeoutSeconds, secret }: OriginServer) => [url, timeoutSeconds, secret?.header ?? null];

function originText(id: string, { url, timeoutSeconds, secret }: OriginServer, hashOf: OriginFieldsInput['hashOf']) {
  const header = secret === null ? [] : [`${secret.header}=${shortHash(hashOf(secretOf(secret)))}`];
  return [id, url, `timeout=${timeoutSeconds}`, ...header].join(' ');
}

function behaviorText(pattern: string, id: string, { cacheSeconds }: OriginServer, resolved: Resolved): string {
  const cached = cacheSeconds > 0;
  const cache = cached ? embedded(knownOrRef(resolved, `cachePolicy.${cacheSeconds}`)) : noCachePolicyId;
  const methods = cached ? ['GET', 'HEAD'] : allMethods;
  const forward = cached ? '' : forwardAllPolicyId;
  return `${pattern} ${id} methods=${methods.join('+')} cache=${cache} forward=${forward} edge=site`;
}

/** Enough to tell that a secret changed. */
export const shortHash = (hash: string): string => hash.slice(0, 16);

const secretOf = ({ variable }: NonNullable<OriginServer['secret']>): EdgeSecret => ({
  kind: 'originHeader',
  variable,
});

/** The secrets that the fields name, by what stands there for each. */
export const originSecrets = (
  origins: readonly EdgeOrigin[],
  hashOf: OriginFieldsInput['hashOf'],
): Readonly<Record<string, EdgeSecret>> =>
  Object.fromEntries(
    origins.flatMap(({ server: { secret } }) =>
      secret === null ? [] : [[shortHash(hashOf(secretOf(secret))), secretOf(secret)]],
    ),
  );

/** The wanted entries, and behind them those that are there and go when no page needs them any more. */
export const withVanishing = (actual: OriginFields, wanted: OriginFields): OriginFields => ({
  Origins: sorted(append(actual.Origins, wanted.Origins)),
  CacheBehaviors: append(actual.CacheBehaviors, wanted.CacheBehaviors),
});

function append(actual: string, wanted: string): string {
  const kept = namesIn(wanted);
  const vanishing = entriesOf(actual).filter((entry) => !kept.includes(nameOf(entry)));
  return [...entriesOf(wanted), ...vanishing].join(separator);
}

/** Whether something is wanted that is not there at all. */
export const addsEntries = (actual: string, wanted: string): boolean =>
  namesIn(wanted).some((name) => !namesIn(actual).includes(name));

const entriesOf = (text: string): readonly string[] => (text === '' ? [] : text.split(separator));

const nameOf = (entry: string): string => entry.split(' ')[0] ?? '';

const namesIn = (text: string): readonly string[] => entriesOf(text).map(nameOf);
