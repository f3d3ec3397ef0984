import { isAfter } from './create-bucket.mjs';
import { element, escapeXml, xml } from './xml.mjs';

/** A page of ListObjects or ListObjectsV2, 1,000 keys at most, with prefix, delimiter, marker and token. */
export function listObjects(bucket, name, query) {
  const isSecond = query.get('list-type') === '2';
  const token = query.get('continuation-token');
  const start = (isSecond ? query.get('start-after') : query.get('marker')) ?? '';
  const after = token === null ? start : Buffer.from(token, 'base64').toString();
  const encode = query.get('encoding-type') === 'url' ? encodeName : escapeXml;
  const page = takePage({ bucket, query, after });
  const count = page.keys.length + page.prefixes.size;
  const next = isSecond
    ? `<NextContinuationToken>${Buffer.from(page.last).toString('base64')}</NextContinuationToken>`
    : `<NextMarker>${encode(page.last)}</NextMarker>`;
  const head = [
    element('Name', name),
    `<Prefix>${encode(query.get('prefix') ?? '')}</Prefix>`,
    query.has('encoding-type') ? '<EncodingType>url</EncodingType>' : '',
    `<MaxKeys>1000</MaxKeys><KeyCount>${count}</KeyCount><IsTruncated>${page.isCut}</IsTruncated>`,
    page.isCut ? next : '',
  ];
  const contents = page.keys.map((key) => describe(key, bucket.get(key), encode));
  const common = [...page.prefixes].map(
    (prefix) => `<CommonPrefixes><Prefix>${encode(prefix)}</Prefix></CommonPrefixes>`,
  );
  return xml('ListBucketResult', [...head, ...contents, ...common].join(''));
}

function takePage({ bucket, query, after }) {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const page = { keys: [], prefixes: new Set(), last: '', isCut: false };
  const sorted = bucket.sortedKeys();
  for (let at = firstAfter(sorted, after); at < sorted.length; at += 1) {
    const key = sorted[at];
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const folder = cut === -1 ? undefined : key.slice(0, cut + delimiter.length);
    const isTold = folder !== undefined && (page.prefixes.has(folder) || after.startsWith(folder));
    if (!isTold && page.keys.length + page.prefixes.size >= most) return { ...page, isCut: true };
    page.last = key;
    if (folder === undefined) page.keys.push(key);
    else if (!isTold) page.prefixes.add(folder);
  }
  return page;
}

function firstAfter(sorted, after) {
  let [low, high] = [0, sorted.length];
  while (after !== '' && low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(sorted[middle], after)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const encodeName = (name) => encodeURIComponent(name).replaceAll('%2F', '/');

const describe = (key, { etag, size, modified }, encode) =>
  `<Contents><Key>${encode(key)}</Key><LastModified>${new Date(modified).toISOString()}</LastModified>` +
  `<ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
