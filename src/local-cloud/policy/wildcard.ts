/** Whether `text` matches an IAM pattern: `*` is any run of characters, `?` any one. Everything else is itself. */
export function isWildcardMatch(pattern: string, text: string): boolean {
  let [at, mark, star] = [0, 0, -1];
  let p = 0;
  // The last star takes one character more each time the rest does not fit: no pattern can make this explode.
  while (at < text.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = at;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at])) {
      p += 1;
      at += 1;
    } else if (star >= 0) {
      p = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
