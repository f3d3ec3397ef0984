/** What the files of the real shapes must be served as. */
const types: Readonly<Record<string, string>> = {
  bin: 'application/octet-stream',
  css: 'text/css; charset=utf-8',
  gif: 'image/gif',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  mp4: 'video/mp4',
  pagefind: 'application/octet-stream',
  pf_fragment: 'application/octet-stream',
  pf_index: 'application/octet-stream',
  pf_meta: 'application/octet-stream',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  xml: 'application/xml; charset=utf-8',
};

/** The type that a file must be served as, by its name. */
export function typeOf(path: string): string {
  if (path === 'CNAME') return 'text/plain; charset=utf-8';
  if (path === '.well-known/apple-app-site-association') return 'application/json';
  const type = types[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (type === undefined) throw new Error(`say here what ${path} is`);
  return type;
}
