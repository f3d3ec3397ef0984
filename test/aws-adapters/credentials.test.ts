import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { tempDir } from '../support/temp-dir.ts';
import { makePut } from './make-put.ts';
import { openAdapters } from './open-adapters.ts';
import { answerXml, stubAws } from './stub-aws.ts';

/** AWS's own files with a profile `ann`, in a folder of their own. */
function profileFiles(): string {
  const dir = tempDir();
  vi.stubEnv('AWS_CONFIG_FILE', join(dir, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(dir, 'credentials'));
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, undefined);
  onTestFinished(() => void vi.unstubAllEnvs());
  return dir;
}

/** An S3 for which a key is expired from its second request on, and a store that signs with the profile's. */
async function openWithProfile(expiredKey: string) {
  let seen = 0;
  const { endpoint, requests } = await stubAws(({ headers }, response) => {
    const isExpired = headers.authorization?.includes(expiredKey) === true && seen++ > 0;
    response.setHeader('etag', '"e"');
    answerXml(response, isExpired ? 400 : 200, isExpired ? '<Error><Code>ExpiredToken</Code></Error>' : '');
  });
  const env = { AWS_ENDPOINT_URL_S3: endpoint };
  const adapters = await openAdapters({ connect: { local: undefined, env, profile: 'ann' } });
  return {
    ...adapters,
    keys: () => requests.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? '')?.[1]),
  };
}

test('keys that expire mid-run are asked for again, once for all that failed by them', async () => {
  const dir = profileFiles();
  const path = join(dir, 'give-keys.sh');
  const counts = join(dir, 'asked');
  const answer = '{\\"Version\\":1,\\"AccessKeyId\\":\\"AKID$N\\",\\"SecretAccessKey\\":\\"s\\"}';
  writeFileSync(path, `#!/bin/sh\necho asked >> ${counts}\nN=$(wc -l < ${counts} | tr -d ' ')\necho "${answer}"\n`);
  chmodSync(path, 0o755);
  writeFileSync(join(dir, 'config'), `[profile ann]\ncredential_process = ${path}\n`);
  const { store, play, keys } = await openWithProfile('AKID1');
  await play(store.put(makePut('a.html', 'a')));
  const texts = ['b', 'c', 'd', 'e'];
  const results = await play(Promise.all(texts.map((text) => store.put(makePut(text, text)))));
  expect(results.map(({ kind }) => kind)).toEqual(texts.map(() => 'written'));
  expect(keys()).toEqual(['AKID1', ...texts.map(() => 'AKID1'), ...texts.map(() => 'AKID2')]);
  expect(readFileSync(counts, 'utf8')).toBe('asked\nasked\n');
});

test('a profile’s file is read anew', async () => {
  const dir = profileFiles();
  const write = (key: string) =>
    writeFileSync(join(dir, 'credentials'), `[ann]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`);
  write('AKIDOLD');
  const { store, play, keys } = await openWithProfile('AKIDOLD');
  await play(store.put(makePut('a.html', 'a')));
  write('AKIDNEW');
  await play(store.put(makePut('b.html', 'b')));
  expect(keys()).toEqual(['AKIDOLD', 'AKIDOLD', 'AKIDNEW']);
});

test('keys that are still expired when read again end the call', async () => {
  const dir = profileFiles();
  writeFileSync(join(dir, 'credentials'), '[ann]\naws_access_key_id = AKIDOLD\naws_secret_access_key = s\n');
  const { store, play, keys } = await openWithProfile('AKIDOLD');
  await play(store.put(makePut('a.html', 'a')));
  await expect(play(store.put(makePut('b.html', 'b')))).rejects.toMatchObject({
    code: 'E_EXPIRED',
    hints: ['aws sso login --profile ann'],
  });
  expect(keys()).toHaveLength(3);
});

test('keys that cannot be read again are told as such', async () => {
  const dir = profileFiles();
  const file = join(dir, 'credentials');
  writeFileSync(file, '[ann]\naws_access_key_id = AKIDOLD\naws_secret_access_key = s\n');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  const { store, play } = await openWithProfile('AKIDOLD');
  await play(store.put(makePut('a.html', 'a')));
  writeFileSync(file, '');
  await expect(play(store.put(makePut('b.html', 'b')))).rejects.toMatchObject({ code: 'E_CREDENTIALS' });
});
