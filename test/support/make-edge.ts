import type { EdgeProgram, EdgePrograms, EdgeSecret } from '../../src/model/edge-program.ts';
import type { EdgeOrigin, EdgeSource } from '../../src/model/edge-source.ts';
import type { KnownKeys } from '../../src/model/snapshot.ts';
import type { SiteEdge } from '../../src/plan/edge/plan-edge.ts';
import { planStore } from '../../src/plan/edge/plan-store.ts';

/** Programs with these texts at viewer-request; one text runs during the deploy and after it. */
export const makePrograms = (during: string, after = during): EdgePrograms => ({
  during: makeProgram({ viewerRequest: during }),
  after: makeProgram({ viewerRequest: after }),
  layout: { paths: null, rules: null },
  warnings: [],
});

export const makeProgram = (given: Partial<EdgeProgram> = {}): EdgeProgram => ({
  viewerRequest: 'edge code',
  viewerResponse: null,
  store: new Map(),
  secrets: new Map(),
  initial: new Map(),
  ...given,
});

/** A site without rules. */
export const makeSource = (given: Partial<EdgeSource> = {}): EdgeSource => ({
  ...{ prefix: '', basePath: '', cleanUrls: true, trailingSlash: 'auto', spa: null, notFound: '404.html' },
  ...{ hosts: [], redirects: [], headers: [], policy: {}, auth: null, maintenance: null, origins: [] },
  handlers: { viewerRequest: null, viewerResponse: null },
  index: 'auto',
  ...given,
});

/** A site whose programs are the same whatever its keys. */
export const makeEdge = (code = 'edge code', notFound = '404.html'): SiteEdge => ({
  compile: () => makePrograms(code),
  source: makeSource({ notFound }),
  hash: (value) => `hash of ${value}`,
  secretValue: ({ kind }) => `secret ${kind}`,
});

/** What the programs come to in a store of which nothing is known. */
export const makeEdgePlan = (programs: EdgePrograms, known?: KnownKeys, origins: readonly EdgeOrigin[] = []) => ({
  programs,
  samples: ['/'],
  origins,
  hashOfSecret: ({ kind }: EdgeSecret) => `hash of secret ${kind}`,
  store: planStore({
    ...{ programs, known },
    hashOf: (value) => `hash of ${value}`,
    hashOfSecret: ({ kind }) => `hash of secret ${kind}`,
  }),
});
