import { describe, expect, test } from 'vitest';
import { readImports } from '../../src/config/read-imports.ts';
import { tempTree } from './temp-tree.ts';

interface Row {
  readonly file: string;
  readonly text: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** `line setting` of what has no equal. */
  readonly left: readonly string[];
}

const rows: readonly Row[] = [
  {
    file: 'netlify.toml',
    text: `[build]
  base = "web"
  publish = "dist/"
  command = "npm run build"
[build.processing.html]
  pretty_urls = false
[[redirects]]
  from = "/a"
  to = "/b"
  force = true
  query = { id = ":id" }
  [redirects.conditions]
  Country = ["de", "at"]
[[redirects]]
  from = "/*"
  to = "/index.html"
  status = 200
[[redirects]]
  from = "/secret"
  to = "/x"
  [redirects.conditions]
  Role = ["admin"]
[[redirects]]
  from = "/odd"
  to = "/y"
  status = 418
[[headers]]
  for = "/fonts/*"
  [headers.values]
  Cache-Control = "public, max-age=60"
[[plugins]]
  package = "x"
`,
    config: {
      dir: 'web/dist',
      cleanUrls: false,
      spa: true,
      redirects: [{ from: '/a', to: '/b', status: 301, force: true, query: { id: ':id' }, country: ['de', 'at'] }],
      headers: [{ match: '/fonts/*', set: { 'Cache-Control': 'public, max-age=60' } }],
    },
    left: ['4 build.command', '18 redirects[2]', '23 redirects[3]', '31 plugins'],
  },
  {
    file: 'vercel.json',
    text: `{
  "outputDirectory": "./out",
  "cleanUrls": true,
  "trailingSlash": false,
  "buildCommand": "make",
  "redirects": [
    { "source": "/old/:path*", "destination": "/new/:path*", "permanent": false },
    { "source": "/a", "destination": "/b" },
    { "source": "/post/(\\\\d+)", "destination": "/news" },
    { "source": "/c", "destination": "/d", "has": [{ "type": "host", "value": "x" }] }
  ],
  "rewrites": [{ "source": "/(.*)", "destination": "/index.html" }],
  "headers": [{ "source": "/static/(.*)", "headers": [{ "key": "X-A", "value": "1" }] }],
  "crons": []
}`,
    config: {
      dir: 'out',
      cleanUrls: true,
      trailingSlash: false,
      spa: true,
      redirects: [
        { from: '/old/*', to: '/new/:splat', status: 307 },
        { from: '/a', to: '/b', status: 308 },
      ],
      headers: [{ match: '/static/*', set: { 'X-A': '1' } }],
    },
    left: ['5 buildCommand', '9 redirects[2]', '10 redirects[3]', '14 crons'],
  },
  {
    file: 'firebase.json',
    text: `{
  "hosting": {
    "public": "public",
    "ignore": ["firebase.json", "**/.*", "**/node_modules/**", "drafts/**"],
    "cleanUrls": true,
    "redirects": [{ "source": "/foo/**", "destination": "/bar", "type": 302 }],
    "rewrites": [
      { "source": "/api/**", "function": "api" },
      { "source": "**", "destination": "/index.html" }
    ],
    "headers": [{ "source": "**/*.@(jpg|png)", "headers": [{ "key": "Cache-Control", "value": "max-age=7200" }] }]
  }
}`,
    config: {
      dir: 'public',
      ignore: ['drafts/**'],
      cleanUrls: true,
      spa: true,
      redirects: [{ from: '/foo/*', to: '/bar', status: 302 }],
      headers: [{ match: '**/*.{jpg,png}', set: { 'Cache-Control': 'max-age=7200' } }],
    },
    left: ['8 hosting.rewrites[0]'],
  },
  {
    file: 'wrangler.jsonc',
    text: `{
  // the site
  "name": "docs",
  "main": "src/worker.ts",
  "assets": {
    "directory": "./dist",
    "html_handling": "drop-trailing-slash",
    "not_found_handling": "single-page-application",
    "run_worker_first": true
  }
}`,
    config: { dir: 'dist', trailingSlash: false, spa: true },
    left: ['4 main', '9 assets.run_worker_first'],
  },
  {
    file: 'wrangler.toml',
    text: 'name = "docs"\npages_build_output_dir = "./build"\n[[kv_namespaces]]\nbinding = "A"\n',
    config: { dir: 'build' },
    left: ['3 kv_namespaces'],
  },
  {
    file: '.s3deploy.yml',
    text: `routes:
  - route: "^.+\\\\.(js|css)$"
    headers:
      Cache-Control: "max-age=60"
    gzip: true
  - route: "^.+\\\\.html$"
    headers:
      Cache-Control: "no-cache"
  - route: "^blog/[0-9]+/"
    headers:
      X-A: "1"
`,
    config: {
      headers: [
        { match: '**/*.html', set: { 'Cache-Control': 'no-cache' } },
        { match: '**/*.{js,css}', set: { 'Cache-Control': 'max-age=60' } },
      ],
    },
    left: ['5 routes[0].gzip', '9 routes[2]'],
  },
];

describe('configs of other hosts', () => {
  test.each(rows)('$file', async ({ file, text, config, left }) => {
    const imports = await readImports(tempTree({ [file]: text }));
    expect(imports.config).toEqual(config);
    const told = imports.notes.filter((note) => note.kind === 'left').map(({ line, what }) => `${line} ${what}`);
    expect(told).toEqual(left);
    expect(imports.notes.every((note) => note.file === file)).toBe(true);
  });

  test('several add up, and for one setting the first wins', async () => {
    const root = tempTree({
      'netlify.toml': '[build]\npublish = "a"\n[[headers]]\nfor = "/*"\n[headers.values]\nA = "1"\n',
      'vercel.json':
        '{ "outputDirectory": "b", "headers": [{ "source": "/x", "headers": [{ "key": "B", "value": "2" }] }] }',
    });
    const { config } = await readImports(root);
    expect(config).toMatchObject({ dir: 'a', headers: [{ match: '/*' }, { match: '/x' }] });
  });

  test.each([
    ['netlify.toml', '[build'],
    ['vercel.json', '{'],
    ['.s3deploy.yml', 'a: b: c'],
  ])('one with a mistake is told and left: %s', async (file, text) => {
    const { config, notes } = await readImports(tempTree({ [file]: text }));
    expect(config).toEqual({});
    expect(notes).toMatchObject([{ file, kind: 'left', what: 'the file' }]);
  });

  test('none where none is', async () => {
    expect(await readImports(tempTree({ 'wrangler.md': '' }))).toEqual({ config: {}, notes: [] });
  });
});
