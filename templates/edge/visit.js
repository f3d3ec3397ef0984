// A visit: what is known of one request. `path` and `key` are decoded and without leading slash; `key` is undefined
// until a file was found; `status` is set where the viewer-response function has to.
function meet(event) {
  const request = event.request;
  return { event: event, request: request, path: decodePath(request.uri), key: undefined, status: 0, rewritten: false, admitted: false };
}

// A key that never exists: the bucket answers 404 and the distribution shows the site's 404 page.
const nowhere = '_cdnpub/nowhere';

// The last step of every visit that nothing else answered.
function sendOn(visit) {
  const request = visit.request;
  if (visit.key === undefined || !fits(visit.key)) visit.key = nowhere;
  request.uri = '/' + encodeKey(visit.key);
  // The bucket must never see a query string: `/?list-type=2` would list it.
  request.querystring = {};
  if (HAS_RESPONSE) instruct(visit);
  trace('key', visit.key);
  return request;
}

// The nearest 404 page up the tree. Where paths are not known the bucket says it, and the distribution has the page.
function notFound(visit) {
  trace('notFound', visit.path);
  visit.key = nowhere;
  if (HAS_INDEX) {
    visit.key = nearestNotFound(visit.path);
    visit.status = 404;
  }
  return sendOn(visit);
}

// An unknown path of an application is the application's, but for a file that is not there.
function fallBack(visit) {
  if (!HAS_APP || visit.rewritten || hasEnding(visit.path) || (HAS_BASE && !isInBase(visit.path))) return false;
  visit.key = site.app;
  trace('app', visit.path);
  return true;
}

// What the viewer-response function has to do. A page that tells of an error is told whole, whatever the viewer has.
function instruct(visit) {
  const headers = visit.request.headers;
  delete headers['x-cdnpub'];
  if (visit.status) {
    ['if-none-match', 'if-modified-since', 'if-match', 'if-unmodified-since', 'if-range', 'range'].forEach((name) => {
      delete headers[name];
    });
  }
  if (visit.admitted) delete headers.authorization;
  if (visit.status || visit.admitted) headers['x-cdnpub'] = { value: visit.status + (visit.admitted ? ' private' : '') };
}

function moveTo(visit, status, location) {
  trace('location', location);
  const whose = visit.admitted ? 'private' : 'public';
  return {
    statusCode: status,
    headers: { location: { value: location }, 'cache-control': { value: whose + ', max-age=0, must-revalidate' } },
  };
}

function trace(what, data) {
  if (TRACE) console.log(JSON.stringify([what, data]));
}
