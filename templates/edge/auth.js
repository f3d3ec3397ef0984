// Who may see a path. It is asked of the path as it came and of the file that was found; under any name of a file the
// answer is one. What cannot be read from the store opens nothing.
async function guard(visit, path) {
  if (visit.admitted || !isGuarded(path)) return undefined;
  const header = visit.request.headers.authorization;
  const given = header && !header.multiValue ? header.value : '';
  if (HAS_USERS) visit.admitted = await isUser(given);
  if (HAS_JWT && !visit.admitted) visit.admitted = await isToken(given);
  trace('auth', visit.admitted);
  if (visit.admitted) return undefined;
  return {
    statusCode: 401,
    headers: {
      'www-authenticate': { value: HAS_USERS ? 'Basic realm="' + site.realm + '", charset="UTF-8"' : 'Bearer' },
      'content-type': { value: 'text/plain; charset=utf-8' },
      'cache-control': { value: 'no-store' },
    },
    body: { encoding: 'text', data: 'This page is not public.\n' },
  };
}

function isGuarded(path) {
  const guarded = new RegExp(site.guarded);
  return guarded.test(path) || guarded.test(stemOf(path));
}

async function isUser(given) {
  const found = /^basic +([\w+\/=-]+)$/i.exec(given);
  const pair = found ? Buffer.from(found[1], 'base64').toString() : '';
  const colon = pair.indexOf(':');
  if (colon < 1) return false;
  const kept = await fromStore('u/' + encodeURIComponent(pair.slice(0, colon)));
  if (!kept) return false;
  const parts = kept.split(' ');
  const hash = crypto.createHmac('sha256', parts[0]).update(pair.slice(colon + 1)).digest('hex');
  return isSame(hash, parts[1] || '');
}

// A JSON web token: HS256 and nothing else, whatever its head asks for.
async function isToken(given) {
  const found = /^bearer +([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(given);
  const key = found ? await fromStore('jwt') : undefined;
  if (!key) return false;
  const hash = crypto.createHmac('sha256', key).update(found[1] + '.' + found[2]).digest('base64url');
  if (!isSame(hash, found[3])) return false;
  try {
    const head = JSON.parse(Buffer.from(found[1], 'base64url').toString());
    const claims = JSON.parse(Buffer.from(found[2], 'base64url').toString());
    const now = Date.now() / 1000;
    const isNow = (claims.exp === undefined || claims.exp > now) && (claims.nbf === undefined || claims.nbf <= now);
    return head.alg === 'HS256' && isNow;
  } catch (e) {
    return false;
  }
}

// Takes the same time wherever two texts begin to differ.
function isSame(a, b) {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i % b.length);
  return difference === 0;
}
