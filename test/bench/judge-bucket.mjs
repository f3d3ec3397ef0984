import mimeTypes from 'mime-types';

/**
 * What the bucket came to against the build: keys that are missing, stale or too many, unchanged ones that were written
 * again, wrong types, and what went up before the things that it needs. `before` is the build that lay there.
 */
export function judgeBucket({ build, before, objects, log }) {
  const keys = [...build.keys()];
  const there = keys.filter((key) => objects[key] !== undefined);
  const written = log.filter(({ op, status, key }) => isWrite.test(op) && status === 200 && !isState(key));
  const isSame = (key) => before?.get(key)?.md5 !== undefined && before.get(key).md5 === build.get(key)?.md5;
  return {
    missing: keys.length - there.length,
    stale: there.filter((key) => !isEqual(objects[key], build.get(key))).length,
    extra: Object.keys(objects).filter((key) => !build.has(key) && !isState(key)).length,
    resent: new Set(written.map(({ key }) => key).filter(isSame)).size,
    wrongTypes: there.filter((key) => !hasType(key, objects[key].headers['content-type'])).length,
    uncached: there.filter((key) => objects[key].headers['cache-control'] === undefined).length,
    ...judgeOrder(written, log),
  };
}

const isWrite = /^(?:PutObject|CompleteMultipartUpload|CopyObject)$/;
const isState = (key) => key.startsWith('.cdnpub/');

/** Whether a delete, of one key or of a line each, names more than state. */
const hasOthers = (keys) => keys.split('\n').some((key) => !isState(key));

/** An ETag of several parts is no MD5. */
const isEqual = ({ etag, size }, { md5, size: wanted }) => size === wanted && (etag.includes('-') || etag === md5);

/** Pages that went up before the last fingerprinted file was there, and deletes before the last write. */
function judgeOrder(written, log) {
  const lastOf = (entries) => Math.max(0, ...entries.map(({ to }) => to));
  const assetsDone = lastOf(written.filter(({ key }) => /\.[0-9a-f]{8}\./.test(key)));
  const last = lastOf(written);
  return {
    earlyPages: written.filter(({ key, to }) => key.endsWith('.html') && to < assetsDone).length,
    earlyDeletes: log.filter(({ op, from, key }) => op.startsWith('DeleteObject') && hasOthers(key) && from < last)
      .length,
  };
}

const synonyms = {
  'application/javascript': 'text/javascript',
  'application/x-javascript': 'text/javascript',
  'image/x-icon': 'image/vnd.microsoft.icon',
  'text/xml': 'application/xml',
  'application/font-woff2': 'font/woff2',
};

function hasType(key, type = '') {
  const plain = (text) => {
    const [name = ''] = text.toLowerCase().split(';');
    return synonyms[name.trim()] ?? name.trim();
  };
  return plain(type) === plain(mimeTypes.lookup(key) || 'application/octet-stream');
}
