// The viewer-request function of a cdnpub site, for the runtime cloudfront-js-2.0. It answers three questions of every
// request: which spelling is this path cached under, which object answers it, and is there a better address to send
// the visitor to? The marker below is replaced by what is known of the site; see src/edge/compile-edge.ts.
const site = __SITE__;

// What stands at a path without its ending: a plain file, a folder with an index, a page, or both of these.
const FILE = 1, FOLDER = 2, PAGE = 3, BOTH = 4, APP = 5;

// A key that never exists: the bucket answers 404 and the distribution shows the site's 404 page.
const NOWHERE = '_cdnpub/nowhere';

function handler(event) {
  const request = event.request;
  const path = decodePath(request.uri);
  const answer = path === undefined || isPrivate(path) ? { key: NOWHERE } : resolve(path);
  if (answer.to !== undefined) return redirect(answer.to, request.querystring);
  request.uri = encodePath(fits(answer.key) ? answer.key : NOWHERE);
  // The bucket must never see a query string: `/?list-type=2` would list it.
  request.querystring = {};
  return request;
}

// The path as a key: decoded once, NFC, without leading or doubled slashes; undefined where no object can have it. No
// file of a build lies at `.` or `..`, and what such a path means differs from one server to the next.
function decodePath(uri) {
  let path;
  try {
    path = decodeURIComponent(uri).normalize('NFC').replace(/\/+/g, '/').slice(1);
  } catch (e) {
    return undefined;
  }
  return fits(path) && !/(^|\/)\.\.?(\/|$)/.test(path) ? path : undefined;
}

// S3: a key has at most 1,024 bytes.
function fits(key) {
  return Buffer.from(site.prefix + key).length <= 1024;
}

// The one spelling of a key that the cache knows; the invalidation of a deploy names the same.
function encodePath(key) {
  return '/' + encodeURIComponent(key).replace(/[!'()*~]/g, hex).replace(/%2F/g, '/');
}

function hex(c) {
  return '%' + c.charCodeAt(0).toString(16).toUpperCase();
}

// cdnpub's state and the folders of previews are nobody's business.
function isPrivate(path) {
  return /^(\.cdnpub|_cdnpub\/p)(\/|$)/.test(path);
}

function isKnown(stem) {
  return Object.prototype.hasOwnProperty.call(site.known, stem);
}

function kindOf(stem) {
  if (isKnown(stem)) return site.known[stem];
  return /\.[A-Za-z0-9_]{1,16}$/.test(stem) ? FILE : site.rule;
}

// The object that answers a path (`key`), or the path that answers it better (`to`).
function resolve(path) {
  if (path === '') return { key: 'index.html' };
  if (path.endsWith('/')) return resolveFolder(path.slice(0, -1));
  if (path === 'index.html' || path.endsWith('/index.html')) return resolveIndex(path, path.slice(0, -11));
  // A folder may be called `blog.html`; then it is known to be one.
  if (path.endsWith('.html') && kindOf(path) === FILE) return resolveHtml(path, path.slice(0, -5));
  return resolvePlain(path);
}

function resolveFolder(stem) {
  const kind = kindOf(stem);
  if (kind === APP) return { key: site.app };
  if (kind === FOLDER && site.slash === 'never') return { to: stem };
  if (kind === PAGE && site.clean) return site.slash === 'always' ? { key: stem + '.html' } : { to: stem };
  return { key: stem + '/index.html' };
}

function resolveIndex(path, folder) {
  if (!site.clean) return { key: path };
  if (folder === '') return { to: '' };
  const kind = kindOf(folder);
  if (kind !== FOLDER && kind !== BOTH) return { key: path };
  if (site.slash !== 'never') return { to: folder + '/' };
  return kind === BOTH ? { key: path } : { to: folder };
}

function resolveHtml(path, stem) {
  const kind = kindOf(stem);
  if (!site.clean || (kind !== PAGE && kind !== BOTH)) return { key: path };
  if (site.slash !== 'always') return { to: stem };
  return kind === BOTH ? { key: path } : { to: stem + '/' };
}

function resolvePlain(path) {
  if (isIndex(path)) {
    const better = resolveIndex(path + '.html', path.slice(0, -6));
    if (better.to !== undefined) return better;
  }
  const kind = kindOf(path);
  if (kind === APP) return { key: site.app };
  if (kind === FILE) return { key: path };
  if (kind === FOLDER) return site.slash === 'never' ? { key: path + '/index.html' } : { to: path + '/' };
  if (!site.clean) return kind === BOTH ? { to: path + '/' } : { key: path };
  return site.slash === 'always' ? { to: path + '/' } : { key: path + '.html' };
}

// An index without its ending, and no folder of that name.
function isIndex(path) {
  return /(^|\/)index$/.test(path) && !isKnown(path);
}

// A path always begins with exactly one slash here, so it never leads to another host.
function redirect(path, query) {
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: { location: { value: encodePath(path) + queryText(query) }, 'cache-control': { value: 'public, max-age=0, must-revalidate' } },
  };
}

function queryText(query) {
  const parts = [];
  const names = Object.keys(query);
  for (let i = 0; i < names.length; i++) {
    const entry = query[names[i]];
    const values = entry.multiValue || [entry];
    for (let j = 0; j < values.length; j++) parts.push(names[i] + (values[j].value === '' ? '' : '=' + values[j].value));
  }
  return parts.length === 0 ? '' : '?' + parts.join('&');
}
