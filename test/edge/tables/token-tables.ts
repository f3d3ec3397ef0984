import { createHmac } from 'node:crypto';
import type { Visit } from '../event-for.ts';
import { type FeatureTable, keys, table } from '../feature-table.ts';
import type { SiteAtEdge } from '../open-site.ts';

/** Seconds since the epoch that no clock of a test comes near. */
const past = 1;
const later = 4_102_444_800;

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const token = (claims: object, head: object = { alg: 'HS256', typ: 'JWT' }, key = 'k'.repeat(32)): string => {
  const text = `${part(head)}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
};

const bearer = (text: string): Visit => ({ path: '/docs/', headers: { authorization: `Bearer ${text}` } });

const site: SiteAtEdge = {
  keys,
  source: { auth: { paths: ['/*'], users: [], jwt: true } },
  secrets: { jwtKey: 'k'.repeat(32) },
};

/** JSON web tokens. */
export const tokenTables: readonly FeatureTable[] = [
  table('tokens: are judged by their signature and their time', site, [
    [bearer(token({ sub: 'a', exp: later })), '200 docs/index.html'],
    [bearer(token({ sub: 'a', nbf: past })), '200 docs/index.html'],
    [bearer(token({ sub: 'a' })), '200 docs/index.html'],
    [bearer(token({ exp: past })), '401'],
    [bearer(token({ exp: 'never' })), '401'],
    [bearer(token({ nbf: later })), '401'],
    [bearer(token({}, { alg: 'none' })), '401'],
    [bearer(token({}, { alg: 'HS512' })), '401'],
    [bearer(token({}, { alg: 'HS256' }, 'wrong')), '401'],
    [bearer(`${part({ alg: 'none' })}.${part({})}.`), '401'],
    [bearer('a.b'), '401'],
    ['/docs/', '401'],
    ['/', '401'],
    ['/gone', '401'],
  ]),
  table('tokens: open nothing where the key cannot be read', { ...site, store: { jwt: null } }, [
    [bearer(token({ sub: 'a' })), '401'],
    [bearer(token({ sub: 'a' }, { alg: 'HS256' }, 'none')), '401'],
  ]),
];
