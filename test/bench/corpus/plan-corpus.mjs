import { createHash } from 'node:crypto';
import { randomFrom } from './random.mjs';
import { words } from './words.mjs';

/**
 * The files of a built site, without their bytes: `{ path, kind, size, seed }`. The mix of kinds and sizes is that of
 * what generators write; every corpus begins with the awkward names that real sites have.
 */
export function planCorpus(count, seed = 1) {
  const random = randomFrom(seed * 7919 + count);
  const files = [];
  const add = (path, kind, size) => files.push({ path, kind, size, seed: (random() * 2 ** 31) | 0 });
  for (const [path, kind, size] of awkward(count)) add(path, kind, size);
  for (let at = 0; at < mediaCount(count); at += 1)
    add(`media/video-${at}.${at % 3 === 2 ? 'pdf' : 'mp4'}`, 'media', Math.round((5 + 25 * random()) * 1024 * kb));
  const rest = count - files.length;
  const sections = Math.max(4, Math.round(count / 250));
  for (const [share, kind, describe] of mix) {
    const many = kind === 'data' ? count - files.length : Math.round(rest * share);
    for (let at = 0; at < many; at += 1) add(...describe({ at, random, seed, sections }));
  }
  return files;
}

/** Where a fingerprinted name carries its hash. */
export const hashOf = (text) => createHash('sha1').update(text).digest('hex').slice(0, 8);

const kb = 1024;

/** Films of 5 to 30 MB. */
function mediaCount(count) {
  if (count >= 50_000) return 12;
  if (count >= 10_000) return 6;
  return count >= 1_000 ? 3 : 1;
}

const logUniform = (random, low, high) => Math.round(low * (high / low) ** random());
const gauss = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const logNormal = (random, median, sigma, low, high) =>
  Math.round(Math.min(high, Math.max(low, median * Math.exp(sigma * gauss(random)))));

const awkward = (count) => [
  ['index.html', 'html', 18 * kb],
  ['404.html', 'html', 6 * kb],
  ['robots.txt', 'txt', 120],
  ['sitemap.xml', 'data', Math.min(count * 90, 8 * kb * kb)],
  ['feed.xml', 'data', 60 * kb],
  ['favicon.ico', 'image', 15 * kb],
  ['manifest.webmanifest', 'data', 900],
  ['.well-known/security.txt', 'txt', 300],
  ['CNAME', 'txt', 16],
  ['empty.txt', 'txt', 0],
  ['assets/app.wasm', 'image', 400 * kb],
  ['search-index.json', 'data', Math.min(count * 60, 4 * kb * kb)],
  ['files/annual report 2024 (final).pdf', 'image', 900 * kb],
  ['blog/c++-and-c#-notes/index.html', 'html', 12 * kb],
  ['blog/café-à-la-crème/index.html', 'html', 12 * kb],
  ['blog/100%-effort/index.html', 'html', 12 * kb],
  ["blog/it's-ok~really!/index.html", 'html', 12 * kb],
  ['日本語/index.html', 'html', 14 * kb],
  ['a&b=c/index.html', 'html', 9 * kb],
  ['sw.js', 'worker', 12 * kb],
];

/** Share of the files, kind, and the path, kind and size of the one that comes `at`th. */
const mix = [
  [
    0.62,
    'html',
    ({ at, random, sections }) => [
      `s${at % sections}/${words[at % words.length]}-${at}/index.html`,
      'html',
      logUniform(random, 5 * kb, 40 * kb),
    ],
  ],
  [
    0.07,
    'js',
    ({ at, random, seed }) => [
      `assets/chunk-${at}.${hashOf(`js${at}-${seed}`)}.js`,
      'js',
      logNormal(random, 14 * kb, 1.1, 400, 900 * kb),
    ],
  ],
  [
    0.04,
    'css',
    ({ at, random, seed }) => [
      `assets/style-${at}.${hashOf(`css${at}-${seed}`)}.css`,
      'css',
      logNormal(random, 6 * kb, 1, 200, 200 * kb),
    ],
  ],
  [
    0.21,
    'image',
    ({ at, random }) => [
      `images/${at % 97}/img-${at}.${['jpg', 'webp', 'png', 'avif', 'svg'][at % 5]}`,
      'image',
      logNormal(random, 22 * kb, 1, 600, 1500 * kb),
    ],
  ],
  [
    0.01,
    'font',
    ({ at, random, seed }) => [
      `fonts/font-${at}.${hashOf(`f${at}-${seed}`)}.woff2`,
      'font',
      logUniform(random, 15 * kb, 90 * kb),
    ],
  ],
  [0.05, 'data', ({ at, random }) => [`page-data/${at % 50}/p-${at}.json`, 'data', logUniform(random, 300, 12 * kb)]],
];
