import { expect, test } from 'vitest';
import { originSettings } from '../../src/config/origin-settings.ts';
import type { ConfigOverlay } from '../../src/config/schema.ts';

type Written = NonNullable<ConfigOverlay['origins']>[string];

const read = (written: Written) =>
  originSettings({ '/api/*': written }, { file: undefined, envName: undefined }).map(({ server }) => server);

const usual = { cacheSeconds: 0, timeoutSeconds: 30, secret: null };

test.each<[string, Written, object]>([
  ['what is not said', { url: 'https://a.example' }, { url: 'https://a.example', ...usual }],
  ['no cache', { url: 'https://a.example', cache: false }, usual],
  ['a time', { url: 'https://a.example', cache: '5m', timeout: '2m' }, { cacheSeconds: 300, timeoutSeconds: 120 }],
  ['a tidy address', { url: 'https://A.example:443/v1' }, { url: 'https://a.example/v1' }],
  ['a port of its own', { url: 'http://a.example:8080' }, { url: 'http://a.example:8080' }],
  [
    'the usual name of a secret header',
    { url: 'https://a.example', secretHeader: { env: 'API_SECRET' } },
    { secret: { header: 'x-origin-secret', variable: 'API_SECRET' } },
  ],
  [
    'a name of its own',
    { url: 'https://a.example', secretHeader: { env: 'API_SECRET', name: 'X-Key' } },
    { secret: { header: 'x-key', variable: 'API_SECRET' } },
  ],
])('%s', (_, written, expected) => {
  expect(read(written)).toMatchObject([expected]);
});
