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

// What a rule's placeholders caught, as it may stand in a header.
function fillIn(value, names, found) {
  return value.replace(/:(\w+)/g, (whole, name) => {
    const at = names.indexOf(name);
    return at < 0 ? whole : encodeURI(found[at + 1] || '');
  });
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
