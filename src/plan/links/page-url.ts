/** The path, percent-encoded, that a file answers to and that its relative links start from. */
export function pageUrl(
  key: string,
  { cleanUrls, trailingSlash }: { readonly cleanUrls: boolean; readonly trailingSlash: 'auto' | boolean },
): string {
  const path = `/${key.split('/').map(encodeURIComponent).join('/')}`;
  if (!cleanUrls || !path.endsWith('.html')) return path;
  const folder = /^(.*\/)index\.html$/.exec(path)?.[1];
  if (folder !== undefined) return trailingSlash === false && folder !== '/' ? folder.slice(0, -1) : folder;
  return `${path.slice(0, -'.html'.length)}${trailingSlash === true ? '/' : ''}`;
}
