// The values that a path gives to a rule's placeholders, encoded; or undefined where the rule is for other paths. A rule
// for one path has it in `from`, and takes it with a slash at its end too unless it is `strict`.
function matchPath(rule, path) {
  if (rule.from !== undefined) {
    return path === rule.from || (!rule.strict && path === rule.from + '/') ? [] : undefined;
  }
  if (!path.startsWith(rule.start)) return undefined;
  const found = new RegExp(rule.match).exec(path);
  return found ? found.slice(1).map((value) => encodeKey(value || '')) : undefined;
}

// Values are encoded, so none brings a `?`, a `#` or a host; slashes in a row would make one of the path.
function targetOf(rule, values, query) {
  let target = rule.to;
  if (typeof target !== 'string') target = target.map((part) => (typeof part === 'string' ? part : values[part])).join('');
  const cut = /^(https?:\/\/[^\/?#]*)?([^?#]*)(\?[^#]*)?(#[\s\S]*)?$/.exec(target);
  return (cut[1] || '') + cut[2].replace(/[\/\\]+/g, '/') + (cut[3] || queryText(query)) + (cut[4] || '');
}
