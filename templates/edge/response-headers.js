// Headers of single files: first what a rule takes away, then what it sets, rule after rule.
function setHeaders(response, uri) {
  const path = decodeURIComponent(uri);
  for (let i = 0; i < site.headers.length; i++) {
    const rule = site.headers[i];
    const found = new RegExp(rule.match).exec(path);
    if (!found) continue;
    rule.unset.forEach((name) => {
      delete response.headers[name];
    });
    rule.set.forEach((pair) => {
      setHeader(response, pair[0], fillIn(pair[1], rule.names, found));
    });
  }
}

// Longer names first, so that `:id` takes nothing from `:idx`.
function fillIn(value, names, found) {
  names.slice().sort((a, b) => b.length - a.length).forEach((name) => {
    if (name !== '') value = value.split(':' + name).join(encodeURI(found[names.indexOf(name) + 1] || ''));
  });
  return value;
}

function setHeader(response, name, value) {
  const cookie = name === 'set-cookie' && /^([^=;]+)=([^;]*);? *([\s\S]*)$/.exec(value);
  if (!cookie) {
    response.headers[name] = { value: value };
    return;
  }
  response.cookies = response.cookies || {};
  response.cookies[cookie[1].trim()] = { value: cookie[2], attributes: cookie[3] };
}
