// One key of the store says whether the site is closed; where it cannot be read the site is closed. The page that is
// shown then is for everybody.
async function closeForMaintenance(visit) {
  if (site.allow.indexOf(visit.event.viewer.ip) >= 0) return undefined;
  const state = await fromStore('maintenance');
  if (state === 'off') return undefined;
  trace('maintenance', state);
  visit.status = 503;
  if (HAS_CLOSED_PAGE) {
    visit.key = site.closed;
    return sendOn(visit);
  }
  return {
    statusCode: 503,
    headers: {
      'content-type': { value: 'text/plain; charset=utf-8' },
      'cache-control': { value: 'no-store' },
      'retry-after': { value: '300' },
    },
    body: { encoding: 'text', data: 'Closed for maintenance. Please come back soon.\n' },
  };
}
