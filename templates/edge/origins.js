// Paths that another server answers, on the same distribution: they stay as they were written, query and all.
function leaveToOrigin(visit) {
  const request = visit.request;
  for (let i = 0; i < site.origins.length; i++) {
    const origin = site.origins[i];
    if (!new RegExp(origin.match).test(request.uri)) continue;
    trace('origin', i);
    const values = HAS_MOVED_ORIGINS && origin.rule ? matchPath(origin.rule, '/' + visit.path) : undefined;
    if (values) request.uri = targetOf(origin.rule, values, {}).replace(/[?#][\s\S]*$/, '');
    if (HAS_RESPONSE) instruct(visit);
    return request;
  }
}
