import { createHmac } from 'node:crypto';
import { compilePrograms } from '../edge/compile-programs.ts';
import { edgeSecretValue } from '../edge/edge-secret.ts';
import type { EdgeTools } from '../edge/edge-tools.ts';
import type { EdgeSource } from '../model/edge-source.ts';
import type { SiteEdge } from '../plan/edge/plan-edge.ts';
import { digest } from './digest.ts';
import type { ReadSecret } from './edge-secrets.ts';

/** What runs at a site's edge, ready to be compiled. */
export const siteEdge = (source: EdgeSource, tools: EdgeTools, readSecret: ReadSecret): SiteEdge => ({
  source,
  compile: (input) => compilePrograms({ ...input, tools }),
  hash: (value, siteId) => hmac(saltOf(siteId), value),
  secretValue: (secret, siteId) => edgeSecretValue(secret, { value: readSecret(secret), salt: saltOf(siteId), hmac }),
});

/** Salts need not be secret, only each site's own. */
const saltOf = (siteId: string): string => digest(`cdnpub salt of ${siteId}`).slice(0, 32);

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');
