import { expect } from 'vitest';
import { smallSite } from '../support/project.ts';

/** One deploy of a site that has been through the steps before it. */
export interface DeployStep {
  readonly name: string;
  /** What the build and its project change before: path → content, or null for a file that goes. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
  readonly flags: readonly string[];
  /** What `deploy --json` says, as far as it is told here. */
  readonly expected: object;
  /** What it says besides where a distribution stands before the bucket. */
  readonly withDistribution: object;
  /** What visitors get afterwards; each path as it is sent. */
  readonly visits: readonly Visit[];
}

export interface Visit {
  readonly path: string;
  readonly status: number;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const build = (files: DeployStep['files']): DeployStep['files'] =>
  Object.fromEntries(Object.entries(files).map(([key, content]) => [`dist/${key}`, content]));

const live = { ok: true, exit: 0, state: 'live', changed: true };
const noWrites = { requests: { s3: { put: 0, copy: 0, delete: 0 }, cloudfront: { write: 0 }, kvs: { write: 0 } } };
const unchanged = { ok: true, exit: 0, state: 'unchanged', changed: false, invalidations: [], ...noWrites };
const invalidated = (...items: readonly string[]) => ({
  invalidations: [{ id: expect.any(String), part: 'main', items }],
});

const mutable = 'public, max-age=0, s-maxage=86400, must-revalidate';
const immutable = 'public, max-age=31536000, immutable';
const html = { 'content-type': 'text/html; charset=utf-8', 'cache-control': mutable };

/** A site's life, from nothing. */
export const deploySteps: readonly DeployStep[] = [
  {
    name: 'the first deploy publishes everything',
    files: build(smallSite),
    flags: ['--yes', '--wait'],
    expected: { ...live, files: { total: 5, added: Object.keys(smallSite).sort() }, previousRelease: null },
    withDistribution: { distribution: { id: expect.any(String) }, invalidations: [] },
    visits: [
      { path: '/', status: 200, text: text('index.html'), headers: html },
      { path: '/index.html', status: 301, headers: { location: '/' } },
      { path: '/about/', status: 200, text: text('about/index.html'), headers: html },
      { path: '/about', status: 301, headers: { location: '/about/' } },
      { path: '/about/index.html', status: 301, headers: { location: '/about/' } },
      {
        path: '/style.css',
        status: 200,
        headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': mutable },
      },
      { path: '/assets/app-3f9a1c2b.js', status: 200, headers: { 'cache-control': immutable } },
      { path: '/missing/', status: 404, text: text('404.html') },
      { path: '/missing.css', status: 404, text: text('404.html') },
      { path: '/.cdnpub/site.json', status: 404, text: text('404.html') },
      { path: '/?list-type=2', status: 200, text: text('index.html') },
      { path: '//', status: 200, text: text('index.html') },
    ],
  },
  {
    name: 'the same again writes nothing',
    files: {},
    flags: [],
    expected: unchanged,
    withDistribution: {},
    visits: [],
  },
  {
    name: 'a change is sent alone',
    files: build({ 'about/index.html': '<!doctype html><p>about, changed' }),
    flags: [],
    expected: { ...live, files: { changed: ['about/index.html'], added: [], headers: [], deleted: [], unchanged: 4 } },
    withDistribution: invalidated('/about/index.html'),
    visits: [{ path: '/about/', status: 200, text: '<!doctype html><p>about, changed' }],
  },
  {
    name: 'a header is changed in place',
    files: {
      'cdnpub.config.json': JSON.stringify({
        headers: [{ match: '/style.css', set: { 'Cache-Control': 'max-age=60' } }],
      }),
    },
    flags: [],
    expected: { ...live, files: { headers: ['style.css'], changed: [], unchanged: 4 }, requests: { s3: { copy: 1 } } },
    withDistribution: invalidated('/style.css'),
    visits: [{ path: '/style.css', status: 200, text: text('style.css'), headers: { 'cache-control': 'max-age=60' } }],
  },
  {
    name: 'pages come and go',
    files: build({ 'about/index.html': null, 'guide/index.html': '<!doctype html><p>guide' }),
    flags: [],
    expected: { ...live, files: { added: ['guide/index.html'], deleted: ['about/index.html'], changed: [] } },
    withDistribution: invalidated('/about/index.html'),
    visits: [
      { path: '/guide/', status: 200, text: '<!doctype html><p>guide' },
      { path: '/about/', status: 404, text: text('404.html') },
    ],
  },
  {
    name: 'a fingerprinted file stays for open tabs',
    files: build({
      'index.html': '<!doctype html><script src="/assets/app-77ac02de.js"></script><p>home',
      'assets/app-77ac02de.js': 'export const app = 2;',
      'assets/app-3f9a1c2b.js': null,
    }),
    flags: [],
    expected: {
      ...live,
      files: { added: ['assets/app-77ac02de.js'], retained: ['assets/app-3f9a1c2b.js'], deleted: [] },
    },
    withDistribution: invalidated('/index.html'),
    visits: [
      { path: '/assets/app-77ac02de.js', status: 200, text: 'export const app = 2;' },
      { path: '/assets/app-3f9a1c2b.js', status: 200, text: text('assets/app-3f9a1c2b.js') },
    ],
  },
  { name: 'the end is at rest', files: {}, flags: [], expected: unchanged, withDistribution: {}, visits: [] },
];

function text(key: string): string {
  return String(smallSite[key]);
}
