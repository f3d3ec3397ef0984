import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { nextBuild } from './next-build.mjs';
import { planCorpus } from './plan-corpus.mjs';
import { randomFrom } from './random.mjs';
import { words } from './words.mjs';

const layout = 1;

/**
 * Writes `<root>/<files>/v1` (a build) and `v2` (the next one) unless they are there, and answers the folder of both.
 * With `megabytes` it is that many files of that size instead (sparse, so that they need no disk), v2 the same.
 */
export function writeCorpus({ root, files, megabytes = 0, seed = 1 }) {
  const base = join(root, megabytes === 0 ? String(files) : `${files}x${megabytes}MB`);
  const stamp = join(base, '.done');
  const done = `${layout}:${seed}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === done) return base;
  rmSync(base, { recursive: true, force: true });
  if (megabytes === 0) writeSite(base, planCorpus(files, seed), seed);
  else for (const build of ['v1', 'v2']) writeLarge(join(base, build), files, megabytes);
  writeFileSync(stamp, done);
  return base;
}

/** Unchanged files are hard links: half the disk, and the same pages of the cache. */
function writeSite(base, first, seed) {
  const pool = fillings(seed);
  const next = nextBuild(first, seed);
  for (const file of first) writeBelow(join(base, 'v1', file.path), bytesOf(file, pool, 0));
  for (const file of next.files) {
    const path = join(base, 'v2', file.path);
    if (next.revisions.has(file.path)) writeBelow(path, bytesOf(file, pool, 1));
    else {
      mkdirSync(dirname(path), { recursive: true });
      linkSync(join(base, 'v1', file.path), path);
    }
  }
}

function writeLarge(dir, files, megabytes) {
  writeBelow(join(dir, 'index.html'), '<!doctype html><title>large</title>');
  for (let at = 0; at < files; at += 1) {
    const path = join(dir, `media/film-${at}.mp4`);
    writeBelow(path, `film ${at}`);
    truncateSync(path, megabytes * 1e6);
  }
}

function writeBelow(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** What files are cut from: text that compresses and noise that does not. */
function fillings(seed) {
  const random = randomFrom(seed ^ 0x5eed);
  const parts = [];
  for (let length = 0; length < 2 << 20; length += parts[parts.length - 1].length)
    parts.push(words[(random() * words.length) | 0] + (random() < 0.1 ? '.</p>\n<p>' : ' '));
  const noise = new Uint32Array(10 << 20);
  for (let at = 0; at < noise.length; at += 1) noise[at] = (random() * 4294967296) >>> 0;
  return { text: Buffer.from(parts.join('')), noise: Buffer.from(noise.buffer) };
}

const isNoise = ({ kind, path }) => (kind === 'image' || kind === 'font' || kind === 'media') && !path.endsWith('.svg');

/** A file's bytes: a head that names path and revision, so that no two are equal, then filling. */
function bytesOf(file, pool, revision) {
  const source = isNoise(file) ? pool.noise : pool.text;
  const out = Buffer.allocUnsafe(file.size);
  let from = file.seed % source.length;
  for (let done = 0; done < file.size; from = 0) done += source.copy(out, done, from);
  const head = Buffer.from(headOf(file, String(revision).padStart(6, '0')));
  if (head.length < file.size) head.copy(out);
  else out.fill(String(revision));
  return out;
}

function headOf({ kind, path }, revision) {
  if (kind === 'html')
    return `<!doctype html><html><head><meta charset=utf-8><title>${path}</title><meta name=build content="${revision}"></head><body><p>`;
  return path.endsWith('.json')
    ? `{"p":${JSON.stringify(path)},"rev":"${revision}","t":"`
    : `/* ${path} r${revision} */`;
}
