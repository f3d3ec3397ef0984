/**
 * What other tools would send to CloudFront for the same deploy, by the rules of their sources: items, each of which is
 * billed, and none where nothing changed. Keys are paths without their first slash.
 */
export const peerRules = {
  /** New keys too; index.html as its folder; more than 8 climb up the folders to wildcards, then `/*`. */
  s3deploy: ({ added, changed, deleted }) => climb([...added, ...changed, ...deleted].map(addressOf)),
  /** One `/*` for each deploy that changed anything. */
  'hugo deploy': ({ added, changed, deleted }) => (added.length + changed.length + deleted.length > 0 ? ['/*'] : []),
  /** A path for each key that is changed or gone, however many; `/` beside index.html. */
  s3_website: ({ changed, deleted }) => {
    const paths = [...changed, ...deleted].map((key) => `/${key}`);
    return paths.includes('/index.html') ? [...paths, '/'] : paths;
  },
};

const addressOf = (key) => `/${key}`.replace(/\/index\.html$/, '/');

const most = 8;

function climb(paths) {
  let items = [...new Set(paths)];
  const depth = (item) => item.split('/').length - 1;
  for (let level = Math.max(0, ...items.map(depth)); level > 0 && items.length > most; level -= 1)
    items = [...new Set(items.map((item) => (depth(item) > level ? folderOf(item) : item)))];
  return items.length > most ? ['/*'] : items;
}

/** The folder above, as a wildcard. */
const folderOf = (item) => `${item.replace(/\/\*?$/, '').replace(/\/[^/]*$/, '')}/*`;

/** Whether an item reaches a key; a folder's address is that of its index.html. */
export const reachesKey = (item, key) =>
  item.endsWith('*') ? `/${key}`.startsWith(item.slice(0, -1)) : item === `/${key}` || item === addressOf(key);
