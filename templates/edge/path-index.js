// Which paths exist, told by fingerprints of 27 bits packed by hash bucket into the store, with the 3 bits of what stands
// there: five characters each, after one that keeps an empty bucket from being no bucket. A bucket of 200 takes an
// unknown path for a known one once in 670,000 times; the bucket then answers 404 itself.
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

async function indexedKind(stem) {
  const place = bucketOf(stem, site.paths);
  const packed = await fromStore('p' + site.paths + '/' + place.name);
  if (packed === undefined) return undefined;
  const wanted = place.rest.toString('base64').slice(0, 4);
  for (let at = packed.indexOf(wanted); at >= 0; at = packed.indexOf(wanted, at + 1)) {
    const last = digits.indexOf(packed[at + 4]);
    if (at % 5 === 1 && last >> 3 === place.rest[3] >> 5) return last & 7;
  }
  return 0;
}

function nearestNotFound(path) {
  let folder = path || '';
  while (HAS_ERRORS && folder.indexOf('/') >= 0) {
    folder = folder.slice(0, folder.lastIndexOf('/'));
    if (site.errors.indexOf(folder) >= 0) return folder + '/404.html';
  }
  return site.notFound;
}
