// The viewer-response function: the order of everything that happens to an answer. The viewer-request function says by
// a header of its own what status the page is shown with, and whether it is for this viewer only.
async function handler(event) {
  let response = event.response;
  if (HAS_HEADERS) setHeaders(response, event.request.uri);
  if (HAS_HANDLER) response = await userHandler(event);
  const order = event.request.headers['x-cdnpub'];
  return order && response ? obey(response, order.value) : response;
}

function obey(response, order) {
  const headers = response.headers || (response.headers = {});
  const status = parseInt(order, 10);
  if (/private/.test(order)) headers['cache-control'] = { value: keepPrivate(headers['cache-control']) };
  if (status > 0 && response.statusCode < 300) {
    response.statusCode = status;
    response.statusDescription = status === 404 ? 'Not Found' : status === 410 ? 'Gone' : 'Service Unavailable';
    headers['cache-control'] = { value: 'no-store' };
    if (status === 503) headers['retry-after'] = { value: '300' };
  }
  return response;
}

// What only some may see is kept by no shared cache.
function keepPrivate(header) {
  const rest = (header ? header.value : 'max-age=0, must-revalidate')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !/^(public|private|s-maxage=.*)$/i.test(part));
  return ['private'].concat(rest).join(', ');
}
