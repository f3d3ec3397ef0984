// Leads to the canonical host, which the site's owner named; nothing of the request's own host is ever repeated.
function leadHome(visit) {
  const host = visit.request.headers.host;
  if (!host || site.hosts.indexOf(host.value.toLowerCase()) < 1) return undefined;
  trace('host', site.hosts[0]);
  const target = 'https://' + site.hosts[0] + '/' + encodeKey(visit.path);
  return moveTo(visit, 301, target + queryText(visit.request.querystring));
}
