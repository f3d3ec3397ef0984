import type { Tree } from '../../support/write-tree.ts';
import { published, type Row } from './row.ts';

const config = (text: string): Tree => ({ 'cdnpub.config.json': text });
const index = { 'index.html': '<p>home' };

export const directories: readonly Row[] = [
  { name: 'a missing folder', code: 'E_DIR', args: ['deploy', 'nowhere'], message: /there is no folder .*nowhere/ },
  { name: 'a file', code: 'E_DIR', args: ['deploy', 'dist/index.html'], message: /is a file, not a folder/ },
  {
    name: 'no folder at all',
    code: 'E_CONFIG',
    args: ['deploy'],
    message: /no folder is given/,
    hint: /cdnpub deploy dist/,
  },
  {
    name: 'an empty folder',
    code: 'E_EMPTY',
    files: { '.hidden': '' },
    message: /^dist holds no file/,
    hint: /--allow-empty/,
  },
  {
    name: 'a project',
    code: 'E_PROJECT_ROOT',
    args: ['deploy', '.'],
    beside: { 'package.json': '{}', 'node_modules/a/index.js': '' },
    message: /is a project, not a build: it holds package\.json/,
    hint: /cdnpub deploy \.\/dist/,
  },
  {
    name: 'a page that loads its own source',
    code: 'E_PROJECT_ROOT',
    files: { 'index.html': '<script type="module" src="/src/main.tsx"></script>' },
    message: /is a project/,
  },
  {
    name: 'a folder without an index',
    code: 'E_NO_INDEX',
    files: { 'a.html': '' },
    message: /^dist has no index\.html/,
  },
  {
    name: 'a private key',
    code: 'E_SECRETS',
    files: { ...index, 'deploy.pem': '-----BEGIN RSA PRIVATE KEY-----\nMIIE' },
    message: /1 file looks secret .*deploy\.pem \(private key\)/,
  },
  {
    name: 'two names that are one after NFC',
    code: 'E_DIR',
    files: { ...index, 'caf\u00e9.txt': '1', 'cafe\u0301.txt': '2' },
    message: /two files make one URL.*\\u\{301\}/,
  },
  {
    name: 'a build that holds .cdnpub/',
    code: 'E_DIR',
    files: { ...index, '.cdnpub/x': '' },
    message: /holds \.cdnpub\//,
  },
  {
    name: 'a build that holds _cdnpub/',
    code: 'E_DIR',
    files: { ...index, '_cdnpub/x': '' },
    message: /holds _cdnpub\//,
  },
  {
    name: 'a key that is too long',
    code: 'E_DIR',
    files: { ...index, [`${'a'.repeat(200)}/`.repeat(6).slice(0, -1)]: '' },
    message: /a key in S3 has at most 1024/,
  },
  {
    name: 'too many redirects that are patterns',
    code: 'E_EDGE_SIZE',
    files: {
      ...index,
      _redirects: Array.from({ length: 300 }, (_, n) => `/a-long-section-${n}/* /moved-to-${n}/:splat`).join('\n'),
    },
    message: /edge function would have \d+ bytes/,
  },
];

export const configs: readonly Row[] = [
  {
    name: 'unknown keys and wrong values, all at once',
    code: 'E_CONFIG',
    beside: config(
      '{\n  "sit": "docs",\n  "headers": [\n    { "match": "/*", "set": [] }\n  ],\n  "retention": { "assets": "soon" },\n  "env": { "staging": { "bukket": "x" } }\n}\n',
    ),
    message:
      /4 problems[\s\S]*json:2:3[\s\S]*json:4:\d+[\s\S]*headers\[0\]\.set[\s\S]*json:6:\d+[\s\S]*duration[\s\S]*json:7:\d+/,
  },
  {
    name: 'a config that is no JSON',
    code: 'E_CONFIG',
    beside: config('{ "site": "docs"\n "dir": '),
    message: /cdnpub\.config\.json:2:/,
  },
  { name: 'a config that is no object', code: 'E_CONFIG', beside: config('[]'), message: /cdnpub\.config\.json:1:1/ },
  { name: 'an empty config', code: 'E_CONFIG', beside: config(''), message: /cdnpub\.config\.json/ },
  {
    name: 'two configs at once',
    code: 'E_CONFIG',
    beside: { 'cdnpub.config.json': '{}', 'package.json': '{"cdnpub":{}}' },
    message: /two configs: cdnpub\.config\.json and package\.json#cdnpub/,
  },
  {
    name: 'a named config that is missing',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '--config', 'no.json'],
    message: /no config no\.json/,
  },
  {
    name: 'an unknown environment',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '-e', 'stagin'],
    beside: config('{ "env": { "staging": {} } }'),
    message: /no environment "stagin"/,
    hint: /did you mean staging\?/,
  },
  {
    name: 'a site name that cannot be',
    code: 'E_CONFIG',
    named: false,
    args: ['deploy', 'dist', '--site', 'Docs!'],
    message: /--site: "Docs!"/,
  },
  {
    name: 'a site name past 32 with its environment',
    code: 'E_CONFIG',
    named: false,
    args: ['deploy', 'dist', '-e', 'staging'],
    beside: config(`{ "site": "${'a'.repeat(30)}", "env": { "staging": {} } }`),
    message: /at most 32/,
  },
  {
    name: 'a bucket name that cannot be',
    code: 'E_CONFIG',
    args: ['deploy', 'dist', '--bucket', 'No_Bucket'],
    message: /--bucket: "No_Bucket"/,
  },
  { name: 'a wrong variable', code: 'E_CONFIG', env: { CDNPUB_CDN: 'maybe' }, message: /CDNPUB_CDN: "maybe"/ },
  {
    name: 'another account than the config names',
    code: 'E_ACCOUNT',
    beside: config('{ "account": "999999999999" }'),
    message: /belong to account 111122223333, the config names 999999999999/,
  },
];

export const rules: readonly Row[] = [
  {
    name: 'rules that need a look, where the deploy is strict',
    code: 'E_RULES',
    args: ['deploy', 'dist', '--strict'],
    files: { ...index, 'a.html': '', _redirects: '/a /b 301\n/c /d 999\n/e /f 301!\n' },
    beside: config('{\n  "redirects": [\n    { "from": "/go/:to", "to": "https://:to/" }\n  ]\n}'),
    message:
      /3 rules need a look:\n +_redirects:1: never applies: a\.html.*\n +_redirects:2: status 999.*\n +cdnpub\.config\.json:3: a host that comes/,
    hint: /without --strict/,
  },
];

export const usage: readonly Row[] = [
  { name: 'an unknown command', code: 'E_USAGE', named: false, args: ['deplyo'], message: /deplyo/ },
  { name: 'an unknown flag', code: 'E_USAGE', args: ['deploy', 'dist', '--frce'], message: /--frce/ },
  {
    name: 'a flag without its value',
    code: 'E_USAGE',
    named: false,
    args: ['deploy', 'dist', '--bucket'],
    message: /--bucket/,
  },
  { name: 'one folder too many', code: 'E_USAGE', args: ['deploy', 'dist', 'other'], message: /other/ },
  {
    name: 'a duration that is none',
    code: 'E_USAGE',
    args: ['deploy', 'dist', '--wait-timeout', 'soon'],
    message: /soon is no duration/,
  },
  { name: 'a concurrency of nothing', code: 'E_USAGE', args: ['deploy', 'dist', '--concurrency', '0'], message: /0/ },
  {
    name: 'a concurrency in letters',
    code: 'E_USAGE',
    args: ['deploy', 'dist', '--concurrency', 'many'],
    message: /many/,
  },
  { name: 'nothing to invalidate', code: 'E_USAGE', args: ['invalidate'], message: /PATH/i },
  {
    name: 'a path without its slash',
    code: 'E_USAGE',
    before: published,
    args: ['invalidate', 'docs'],
    message: /must start with "\/"/,
  },
  {
    name: 'a star in the middle',
    code: 'E_USAGE',
    before: published,
    args: ['invalidate', '/a*b'],
    message: /only at the end/,
  },
];
