// What a rule asks of a request besides its path.
function matchConditions(rule, request, values) {
  const headers = request.headers;
  const value = (name) => (headers[name] ? headers[name].value : '');
  if (rule.host && value('host').toLowerCase() !== rule.host) return false;
  if (rule.country && rule.country.indexOf(value('cloudfront-viewer-country').toUpperCase()) < 0) return false;
  if (rule.cookie && !rule.cookie.some((name) => request.cookies[name])) return false;
  // The first language is the one that the visitor likes best.
  const language = value('accept-language').split(',')[0].split(';')[0].trim().toLowerCase();
  if (rule.language && !rule.language.some((tag) => language === tag || language.startsWith(tag + '-'))) return false;
  return !rule.query || rule.query.every((wanted) => matchParameter(wanted, request.querystring, values));
}

// `[name, value]` must be there as it is; `[name]` gives its value, whatever it is, to a placeholder.
function matchParameter(wanted, query, values) {
  const given = query[wanted[0]] || query[wanted[0].toLowerCase()];
  if (!given) return false;
  const all = (given.multiValue || [given]).map((one) => plainValue(one.value));
  if (wanted.length > 1) return all.indexOf(wanted[1]) >= 0;
  values.push(encodeURIComponent(all[0]));
  return true;
}

function plainValue(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch (e) {
    return text;
  }
}
