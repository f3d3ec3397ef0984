import type { Framework } from './framework.ts';
import type { Project } from './project.ts';

/**
 * Where a generator writes to in this project: what the project's own settings say, else the first usual folder that
 * stands, else the most usual. `folders` are those of the project that hold an index, relative to it.
 */
export function chooseOutput(framework: Framework, project: Project, folders: readonly string[]): string {
  const named = angularFolder(framework, project) ?? settingOf(framework, project);
  if (named !== undefined) return named;
  const standing = framework.output.flatMap((pattern) => folders.filter((folder) => fits(folder, pattern)).sort());
  return standing[0] ?? withoutStars(framework, project);
}

function settingOf({ outputSettings = [] }: Framework, { texts }: Project): string | undefined {
  for (const { file, names, within = '' } of outputSettings) {
    for (const [path, text] of Object.entries(texts)) {
      const found = file.test(path) ? names.exec(withoutComments(text))?.[1] : undefined;
      const folder = found === undefined ? undefined : normalize(path, found + within);
      if (folder !== undefined) return folder;
    }
  }
  return undefined;
}

/** Enough for a setting that was commented out; an address in a string keeps its slashes. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*(?:\/\/|#).*$/gm, '');

/** A folder as it is written down, or undefined where it is none of the project's. Settings below a folder are its own. */
function normalize(path: string, folder: string): string | undefined {
  const base = /^([^/]+)\/\.(?:vitepress|vuepress)\//.exec(path)?.[1];
  const segments: string[] = base === undefined ? [] : [base];
  for (const segment of folder.split('/')) {
    if (segment === '..' && segments.pop() === undefined) return undefined;
    if (segment !== '..' && segment !== '.' && segment !== '') segments.push(segment);
  }
  return folder.startsWith('/') || folder.includes('${') || segments.length === 0 ? undefined : segments.join('/');
}

/** Angular's workspace names the folder of each project; an application builder puts `browser` into it. */
function angularFolder({ id }: Framework, { texts }: Project): string | undefined {
  const text = id === 'angular' ? texts['angular.json'] : undefined;
  if (text === undefined) return undefined;
  const named = /"outputPath"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  const base = /"outputPath"\s*:\s*\{[^}]*"base"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  const browser = /"outputPath"\s*:\s*\{[^}]*"browser"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? 'browser';
  const project = /"projects"\s*:\s*\{\s*"([^"]+)"/.exec(text)?.[1];
  const folder = named ?? base ?? (project === undefined ? undefined : `dist/${project}`);
  const inner = /:(?:application|browser-esbuild)"/.test(text) && !/:browser-esbuild"/.test(text) ? `/${browser}` : '';
  return folder === undefined ? undefined : `${folder.replace(/\/$/, '')}${inner}`.replace(/\/$/, '');
}

const fits = (folder: string, pattern: string): boolean => {
  const wanted = pattern.split('/');
  const names = folder.split('/');
  return names.length === wanted.length && wanted.every((one, at) => one === '*' || one === names[at]);
};

/** What to expect before the first build: a star becomes the folder that holds the generator's own, or goes. */
function withoutStars({ output }: Framework, { files }: Project): string {
  const own = files.flatMap(
    (path) => /^(?:([^/]+)\/)?(\.vitepress|\.vuepress)\/config\.\w+$/.exec(path)?.slice(1) ?? [],
  );
  const [folder, tool] = own;
  const isOwn = tool !== undefined && output.some((one) => one.includes(`${tool}/`));
  if (isOwn) return folder === undefined ? `${tool}/dist` : `${folder}/${tool}/dist`;
  return output.find((one) => !one.includes('*')) ?? output[0]?.replace(/\/?\*/g, '') ?? 'dist';
}
