/**
 * Key of the file that answers a decoded path, as far as the names of files tell: itself, an index, or a page without
 * its ending. Undefined where there is none.
 */
export function findAnswer(request: {
  readonly path: string;
  readonly files: ReadonlySet<string>;
  readonly cleanUrls: boolean;
}): string | undefined {
  const { path, files, cleanUrls } = request;
  const key = path.slice(1);
  const stem = key.replace(/\/$/, '');
  const index = stem === '' ? 'index.html' : `${stem}/index.html`;
  const names = [...(stem === key ? [key] : []), index, ...(cleanUrls ? [`${stem}.html`] : [])];
  return names.find((name) => files.has(name));
}
