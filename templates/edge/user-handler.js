// The user's own viewer-request function gets the path in its one spelling, with the query as it came. Where it sends
// the request elsewhere the path is read anew; private folders stay private.
async function runUserHandler(visit) {
  visit.request.uri = '/' + encodeKey(visit.path);
  const result = await userHandler(visit.event);
  if (!result || result.statusCode) return result;
  visit.request = result;
  visit.path = decodePath(result.uri);
  trace('handler', result.uri);
  if (isNowhere(visit.path)) return notFound(visit);
}
