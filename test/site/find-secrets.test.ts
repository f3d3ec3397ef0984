import { describe, expect, test } from 'vitest';
import { findSecrets, secretMarkers } from '../../src/site/find-secrets.ts';

/** Tokens are put together here, so that no scanner takes this file for a leak. */
const random = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7d';
const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\nMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dV';
const pem = (kind: string) => `-----BEGIN ${kind}-----`;
const what = (key: string, head: string | null) => findSecrets([{ key, head }])[0]?.what;

describe('found', () => {
  test.each([
    ['id_rsa', null, 'private key'],
    ['backup/.ssh/id_ed25519', null, 'private key'],
    ['server.pem', `${pem('PRIVATE KEY')}\n${body}`, 'private key'],
    ['server.key', `${pem('EC PRIVATE KEY')}\nMHc`, 'private key'],
    ['server.key', '0\x82\x04\xbd\x02', 'private key'],
    ['cert.p12', null, 'key store'],
    ['cert.pfx', null, 'key store'],
    ['app/release.keystore', null, 'key store'],
    ['.npmrc', null, 'credentials'],
    ['.netrc', null, 'credentials'],
    ['aws/credentials', null, 'credentials'],
    ['notes.txt', `${pem('OPENSSH PRIVATE KEY')}\nb3Bl`, 'private key'],
    ['notes.txt', `\xef\xbb\xbf${pem('PGP PRIVATE KEY BLOCK')}\n\nlQ`, 'private key'],
    ['config.json', `{"private_key": "${pem('PRIVATE KEY')}\\n${body.replace('\n', '\\n')}"}`, 'private key'],
    ['old.txt', `key:\n${pem('RSA PRIVATE KEY')}\nProc-Type: 4,ENCRYPTED\n\n${body}`, 'private key'],
    ['keys.csv', `Access key ID,Secret access key\nAKIA${'QWERTZUIOP234567'},${random}`, 'AWS access key'],
    ['app.js', `const t="ghp_${random.slice(0, 36)}"`, 'GitHub token'],
    ['app.js', `github_pat_${random.slice(0, 22)}_${random}${random.slice(0, 19)}`, 'GitHub token'],
    ['app.js', `"xoxb-${'123456789012'}-${random}"`, 'Slack token'],
    ['app.js', `Stripe("sk_live_${random.slice(0, 24)}")`, 'Stripe key'],
    ['app.js', `rk_live_${random}`, 'Stripe key'],
    ['app.js', `//registry.npmjs.org/:_authToken=npm_${random.slice(0, 36)}`, 'npm token'],
  ])('%s (row %#)', (key, head, expected) => {
    expect(what(key, head)).toBe(expected);
    const byContent = head !== null && !/\.(?:pem|key)$/.test(key);
    if (byContent) expect(secretMarkers.some((marker) => head.includes(marker))).toBe(true);
  });
});

describe('not taken for a secret', () => {
  test.each([
    ['id_rsa.pub', null],
    ['ca.crt', `${pem('CERTIFICATE')}\n${body}`],
    ['chain.pem', `${pem('CERTIFICATE')}\n${body}\n-----END CERTIFICATE-----`],
    ['public.key', `${pem('PGP PUBLIC KEY BLOCK')}\n\nmQ`],
    ['public.pem', `${pem('PUBLIC KEY')}\n${body}`],
    ['slides.key', 'PK\x03\x04\x14\x00'],
    ['credentials/index.html', null],
    ['docs/credentials.html', null],
    ['monkey', null],
    ['docs/aws.html', '<code>AKIAIOSFODNN7EXAMPLE</code> <code>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</code>'],
    ['docs/aws.html', `the id AKIA${'QWERTZUIOP234567'} alone, beside the commit ${'0a1b2c3d4e'.repeat(4)}`],
    ['vendor.js', `if(e.includes("${pem('PRIVATE KEY')}"))throw`],
    [
      'vendor.js',
      `const h="${pem('RSA PRIVATE KEY')}\\n"+t+"\\n-----END RSA PRIVATE KEY-----\\n",longEnoughToLookLikeABodyOfSixtyFourCharacters=1`,
    ],
    ['docs/keys.md', `# Keys\n\n${pem('PRIVATE KEY')}\nMIIE...\n-----END PRIVATE KEY-----\n`],
    ['docs/github.md', `export TOKEN=ghp_${'x'.repeat(36)}`],
    ['docs/github.md', 'tokens begin with ghp_, gho_ or github_pat_'],
    ['docs/slack.md', 'xoxb-your-token, xoxb-000000000000-xxxxxxxxxxxx'],
    ['docs/stripe.md', `sk_test_${random}, pk_live_${random}, sk_live_xxxxxxxxxxxxxxxxxxxxxxxx`],
    ['photo.jpg', `\xff\xd8\0ghp_${random}`],
  ])('%s (row %#)', (key, head) => {
    expect(what(key, head)).toBeUndefined();
  });
});

test('a finding never holds any of the content', () => {
  const found = findSecrets([{ key: 'a.js', head: `ghp_${random}` }]);
  expect(JSON.stringify(found)).not.toContain(random.slice(0, 8));
});
