// Headers of single files: first what a rule takes away, then what it sets, rule after rule. A rule is its pattern, the
// number of the pattern's end, the names of its groups, what it sets, and what it takes away; texts go by number.
function setHeaders(response, uri) {
  const path = decodeURIComponent(uri);
  const texts = site.headers.texts;
  site.headers.rules.forEach((rule) => {
    // Most rules are for other files, which their beginning tells for less than an expression costs.
    if (path.indexOf(/^[^\\([.*?]*/.exec(rule[0])[0]) !== 0) return;
    const found = new RegExp('^' + rule[0] + site.headers.ends[rule[1]]).exec(path);
    if (!found) return;
    rule[4].forEach((name) => {
      delete response.headers[name];
      if (name === 'set-cookie') response.cookies = {};
    });
    rule[3].forEach((pair) => {
      setHeader(response, texts[pair[0]], fillIn(pair[1].map((at) => texts[at]).join(', '), rule[2], found));
    });
  });
}

// What a rule's placeholders caught, encoded like the spelling of a key, so that it can break out of no header.
function fillIn(value, names, found) {
  return value.replace(/:(\w+)/g, (whole, name) => {
    const at = names.indexOf(name);
    return at < 0 ? whole : encodeURIComponent(found[at + 1] || '').replace(/[!'()*~]/g, hexOf).replace(/%2F/g, '/');
  });
}

function hexOf(c) {
  return '%' + c.charCodeAt(0).toString(16).toUpperCase();
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
