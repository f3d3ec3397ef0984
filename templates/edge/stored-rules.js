// Rules that ask for nothing but one path, packed by hash bucket into the store, a line each: `/old 301 /new`. After the
// status `s` says that a file answers the path, `w` and `o` that it must come with or without a slash at its end.
async function storedRules(path) {
  const bare = path.replace(/(.)\/$/, '$1');
  const packed = await fromStore('r' + site.stored + '/' + bucketOf(bare, site.stored).name);
  const start = '/' + encodeKey(bare.slice(1)) + ' ';
  return (packed || '')
    .split('\n')
    .filter((line) => line.startsWith(start))
    .map((line) => {
      const fields = line.split(' ');
      const has = (flag) => fields[1].indexOf(flag) > 0;
      const from = has('w') ? bare + '/' : bare;
      return { from: from, strict: has('w') || has('o'), soft: has('s'), status: parseInt(fields[1], 10), to: fields[2], id: TRACE ? +fields[3] : undefined };
    });
}
