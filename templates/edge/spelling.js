// The path as a key: decoded once, NFC, without leading or doubled slashes; undefined where no object can have it. No
// file of a build lies at `.` or `..`, and what such a path means differs from one server to the next.
function decodePath(uri) {
  let path;
  try {
    path = decodeURIComponent(uri).normalize('NFC').replace(/\/+/g, '/').replace(/^\//, '');
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
function encodeKey(key) {
  return encodeURIComponent(key).replace(/[!'()*~]/g, hex).replace(/%2F/g, '/');
}

function hex(c) {
  return '%' + c.charCodeAt(0).toString(16).toUpperCase();
}

// cdnpub's state and the folders of previews are nobody's business.
function isNowhere(path) {
  return path === undefined || /^(\.cdnpub|_cdnpub\/p)(\/|$)/.test(path);
}

// The site may be a folder of its address; nothing else there is the site's.
function isInBase(path) {
  return (path + '/').startsWith(site.base);
}

function hasEnding(path) {
  return /\.[A-Za-z0-9_]{1,16}\/?$/.test(path);
}

// The query as it was written, with its question mark.
function queryText(query) {
  const parts = [];
  Object.keys(query).forEach((name) => {
    (query[name].multiValue || [query[name]]).forEach((one) => {
      parts.push(name + (one.value === '' ? '' : '=' + one.value));
    });
  });
  return parts.length === 0 ? '' : '?' + parts.join('&');
}
