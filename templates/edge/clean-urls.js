// Which file answers a path, or which address answers it better. What stands at a path without its ending is a sum of
// these; 0 is nothing that is known. A guess is good enough for the addresses that the site itself uses; old names are
// led to better ones only where that is known to help.
const FILE = 1, FOLDER = 2, PAGE = 4, GUESS = 8;

async function findFile(visit) {
  let found = await resolve(visit.path);
  // The visitor of a rewrite stays where they are.
  for (let i = 0; visit.rewritten && found && found.to !== undefined && i < 2; i++) found = await resolve(found.to);
  if (!found) return undefined;
  if (found.to !== undefined) return moveTo(visit, 301, '/' + encodeKey(found.to) + queryText(visit.request.querystring));
  visit.key = found.key;
}

// Of a path: `key`, the file that answers it; or `to`, the path that answers better; or undefined.
async function resolve(path) {
  if (HAS_BASE && !isInBase(path)) return undefined;
  if (path === '') return { key: 'index.html' };
  const cut = /^([\s\S]*?)(\/|(?:^|\/)index(?:\.html)?|\.html)$/.exec(path);
  const isPlain = !cut || /(^|\/)\.html$/.test(path);
  const kind = await kindOf(isPlain ? path : cut[1]);
  if (isPlain) return resolvePlain(path, kind);
  const ending = cut[2];
  // A folder may be called `blog.html`, a file `index`.
  if (/index$/.test(ending) || (ending === '.html' && !(kind & PAGE))) {
    const own = await kindOf(path);
    if (own > FILE || (own && ending !== '.html')) return resolvePlain(path, own);
  }
  if (ending === '/') return resolveFolder(cut[1], kind);
  return ending === '.html' ? resolveHtml(path, cut[1], kind) : resolveIndex(path, cut[1], kind);
}

// `docs/`
function resolveFolder(stem, kind) {
  if (kind & FOLDER && !(SLASH_NEVER && CLEAN && kind & (FILE | PAGE))) {
    return SLASH_NEVER ? { to: stem } : { key: stem + '/index.html' };
  }
  if (!CLEAN || !(kind & PAGE)) return undefined;
  if (SLASH_ALWAYS) return { key: stem + '.html' };
  return kind & FILE ? undefined : { to: stem };
}

// `docs/index.html`, and `docs/index`, of which there is no file
function resolveIndex(path, stem, kind) {
  const isFile = path.endsWith('.html') && (kind & FOLDER || !(CLEAN || HAS_INDEX));
  if (!CLEAN) return isFile ? { key: path } : undefined;
  if (stem === '') return { to: '' };
  if (SLASH_NEVER && isFile && kind & (FILE | PAGE)) return { key: path };
  if (kind & FOLDER) return { to: SLASH_NEVER ? stem : stem + '/' };
  if (!(kind & PAGE) || kind & GUESS) return undefined;
  if (SLASH_ALWAYS) return { to: stem + '/' };
  return kind & FILE ? undefined : { to: stem };
}

// `docs.html`
function resolveHtml(path, stem, kind) {
  if (!CLEAN) return kind & PAGE || !HAS_INDEX ? { key: path } : undefined;
  if (!(kind & PAGE)) {
    return kind & FOLDER && !(kind & GUESS) ? { to: SLASH_NEVER ? stem : stem + '/' } : undefined;
  }
  if (SLASH_ALWAYS) return kind & FOLDER ? { key: path } : { to: stem + '/' };
  return kind & FILE ? { key: path } : { to: stem };
}

// `docs`, `logo.svg`
function resolvePlain(path, kind) {
  if (kind & FILE) return { key: path };
  if (CLEAN && kind & PAGE) return SLASH_ALWAYS ? { to: path + '/' } : { key: path + '.html' };
  if (kind & FOLDER) return SLASH_NEVER ? { key: path + '/index.html' } : { to: path + '/' };
}

// What stands at a path without its ending. Where nobody knows, it is what most of the site's paths are.
async function kindOf(stem) {
  if (stem === '') return FOLDER;
  const at = site.known.indexOf(stem);
  if (at >= 0) return +site.kinds[at];
  if (HAS_INDEX) {
    const kind = await indexedKind(stem);
    if (kind !== undefined) return kind;
  }
  if (hasEnding(stem)) return FILE;
  return /(^|\/)index$/.test(stem) ? 0 : site.rule;
}

// A path without what makes no difference to the file that it means.
function stemOf(path) {
  return path.replace(/(\/|(^|\/)index(\.html)?|\.html)$/, '');
}
