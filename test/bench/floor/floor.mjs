// What no tool can be faster than on this machine: node floor.mjs hash|put|diff DIR BUCKET CONNECTIONS
// hash reads and hashes; put sends everything and asks nothing; diff lists in ranges, sends what differs and deletes the
// rest. None of them orders, verifies, announces or locks anything.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import mimeTypes from 'mime-types';
import { escapeXml, unescapeXml } from '../server/xml.mjs';
import { walk } from '../walk.mjs';
import { hashFiles } from './hash-files.mjs';
import { openLine } from './open-line.mjs';

const [mode, dir, bucket, connections] = process.argv.slice(2);
const line = mode === 'hash' ? undefined : openLine({ endpoint: process.env.AWS_ENDPOINT_URL, connections });
const files = walk(dir);
const keys = files.map((path) => relative(dir, path));

const encode = (key) =>
  encodeURIComponent(key).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);

const isFingerprinted = (key) => /\.[0-9a-f]{8}\./.test(key);

function put(at) {
  const key = keys[at];
  const headers = {
    'content-type': mimeTypes.contentType(mimeTypes.lookup(key) || 'application/octet-stream'),
    'cache-control': isFingerprinted(key) ? 'public, max-age=31536000, immutable' : 'public, max-age=0',
  };
  return line.send('PUT', `/${bucket}/${encode(key).replaceAll('%2F', '/')}`, '', headers, readFileSync(files[at]));
}

async function putAll(indexes) {
  let next = 0;
  const lane = async () => {
    while (next < indexes.length) await put(indexes[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(connections, indexes.length) }, lane));
}

/** ETags by key of what comes after one key, up to another. */
async function listRange(after, until, remote) {
  for (let token; ; ) {
    const from = after === undefined ? '' : `&start-after=${encode(after)}`;
    const query = token === undefined ? `list-type=2${from}` : `continuation-token=${encode(token)}&list-type=2`;
    const page = await line.send('GET', `/${bucket}`, query, {});
    let last = '';
    for (const [, key, etag] of page.matchAll(/<Key>([^<]*)<\/Key>.*?<ETag>(?:&quot;|")([^<&"]*)/gs)) {
      last = unescapeXml(key);
      remote.set(last, etag);
    }
    token = /<NextContinuationToken>([^<]*)/.exec(page)?.[1];
    if (token === undefined || (until !== undefined && Buffer.compare(Buffer.from(last), Buffer.from(until)) >= 0))
      return;
  }
}

/** Ranges of a thousand local keys, all at once; an empty bucket needs one. */
async function listAll() {
  const remote = new Map();
  const probe = await line.send('GET', `/${bucket}`, 'list-type=2&max-keys=1', {});
  if (!probe.includes('<Key>')) return remote;
  const sorted = keys
    .map((key) => Buffer.from(key))
    .sort(Buffer.compare)
    .map(String);
  const ranges = Math.min(32, Math.ceil(sorted.length / 1000));
  const cuts = Array.from({ length: ranges }, (_, at) =>
    at === 0 ? undefined : sorted[Math.floor((at * sorted.length) / ranges)],
  );
  await Promise.all(cuts.map((cut, at) => listRange(cut, cuts[at + 1], remote)));
  return remote;
}

async function removeAll(gone) {
  for (let at = 0; at < gone.length; at += 1000) {
    const objects = gone.slice(at, at + 1000).map((key) => `<Object><Key>${escapeXml(key)}</Key></Object>`);
    const body = Buffer.from(`<Delete><Quiet>true</Quiet>${objects.join('')}</Delete>`);
    const digest = createHash('md5').update(body).digest('base64');
    await line.send('POST', `/${bucket}`, 'delete=', { 'content-md5': digest }, body);
  }
}

const modes = {
  hash: () => hashFiles(files, 'sha256'),
  put: () => putAll(files.map((_, at) => at)),
  async diff() {
    // ETags are MD5s: the price of comparing without a record of one's own.
    const [remote, digests] = await Promise.all([listAll(), hashFiles(files, 'md5')]);
    await putAll(files.map((_, at) => at).filter((at) => remote.get(keys[at]) !== digests[at]));
    const built = new Set(keys);
    await removeAll([...remote.keys()].filter((key) => !built.has(key)));
  },
};

await modes[mode]();
process.exit();
