// Redirects and rewrites. The first rule that holds decides; where that is a `soft` one and a file answers, the file does.
async function applyRules(visit, last) {
  const found = visit.rewritten ? undefined : await findRule(visit);
  if (!found || (found.rule.soft && !last)) return undefined;
  trace('rule', found.rule.id);
  const status = found.rule.status;
  if (status > 300 && status < 400) return moveTo(visit, status, found.target);
  // The file that answers instead is found as any other is.
  visit.path = decodePath(found.target.replace(/[?#][\s\S]*$/, ''));
  visit.rewritten = true;
  visit.status = status === 200 ? 0 : status;
  if (isNowhere(visit.path)) return notFound(visit);
  return last ? findFile(visit) : undefined;
}

async function findRule(visit) {
  const found = firstMatch(site.rules, visit);
  if (found || !HAS_STORED_RULES) return found;
  const stored = await storedRules('/' + visit.path);
  return firstMatch(stored.concat(site.rest), visit);
}

function firstMatch(rules, visit) {
  for (let i = 0; i < rules.length; i++) {
    const found = matchRule(rules[i], visit);
    if (found) return found;
  }
}

// A rule as it holds for a request, or undefined: it asks for something else, or leads back to where the visitor is.
function matchRule(rule, visit) {
  const values = matchPath(rule, '/' + visit.path);
  if (!values || (HAS_CONDITIONS && !matchConditions(rule, visit.request, values))) return undefined;
  const target = targetOf(rule, values, visit.request.querystring);
  if (rule.status > 300 && rule.status < 400 && leadsBack(rule, target, visit)) return undefined;
  return { rule: rule, target: target };
}

// A visitor who is where a rule leads would be led there for ever.
function leadsBack(rule, target, visit) {
  const host = visit.request.headers.host;
  const here = host ? 'https://' + host.value : '';
  const cut = /^\/([^?#]*)(\?[^#]*)?/.exec(target.startsWith(here + '/') ? target.slice(here.length) : target);
  if (!cut || (cut[2] || '') !== queryText(visit.request.querystring)) return false;
  const there = decodePath('/' + cut[1]);
  if (there === undefined) return false;
  if (rule.strict) return there === visit.path;
  return CLEAN ? stemOf(there) === stemOf(visit.path) : there.replace(/\/$/, '') === visit.path.replace(/\/$/, '');
}
