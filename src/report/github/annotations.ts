import type { DeployResult } from '../deploy-result.ts';
import type { Annotation } from './workflow-command.ts';

export interface AnnotationView {
  readonly result: DeployResult;
  /** Where the checkout stands; empty where nobody says. */
  readonly workspace: string;
  /** Absolute path of the build, for files that are named within it; null where it is not known. */
  readonly dir: string | null;
}

/** GitHub shows ten of a kind for each step; more than this only fill the log. */
const mostOfAKind = 50;

/** What went wrong or may surprise, each at its line where there is one. */
export function annotations(view: AnnotationView): readonly Annotation[] {
  const { result } = view;
  const errors = result.error === undefined ? [] : errorsOf(view);
  const warnings = result.warnings.map((text): Annotation => ({ kind: 'warning', ...placed(text, view) }));
  return [...errors.slice(0, mostOfAKind), ...warnings.slice(0, mostOfAKind)];
}

interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** A config's problems one by one, else the lines of the message that name a place, else the message as it is. */
function errorsOf({ result, ...place }: AnnotationView): readonly Annotation[] {
  const { code = '', message = '', hints = [], details = {} } = result.error ?? {};
  const { problems } = details;
  if (Array.isArray(problems) && problems.length > 0) {
    return problems.map(({ file, line, column, path, message: text }: Problem) => ({
      ...{ kind: 'error', file: within(place.workspace, file), line, column },
      text: `${path === '' ? '' : `${path}: `}${text} (${code})`,
    }));
  }
  const lines = message.split('\n').map((line) => placed(line.trim(), { result, ...place }));
  const found = lines.filter(({ file }) => file !== undefined);
  if (found.length > 0) return found.map((line) => ({ kind: 'error', ...line, text: `${line.text} (${code})` }));
  const advice = hints.length === 0 ? '' : `\nTry: ${hints.join('\nor: ')}`;
  return [{ kind: 'error', text: `${message} (${code})${advice}` }];
}

/** `_redirects:7: …` stands at line 7 of a file of the build, as a page's links do; a config's own name in the checkout. */
function placed(text: string, { workspace, dir }: AnnotationView): Omit<Annotation, 'kind'> {
  const [, file, line, column, message] = /^([^\s:]+):(\d+)(?::(\d+))?:? (.+)$/s.exec(text) ?? [];
  if (file === undefined || line === undefined || message === undefined) return { text };
  const isOfBuild = dir !== null && /^_(?:redirects|headers)$|\.(?:html?|xhtml|css)$/i.test(file);
  return {
    file: isOfBuild ? `${within(workspace, dir)}/${file}` : file,
    line: Number(line),
    ...(column === undefined ? {} : { column: Number(column) }),
    text: message,
  };
}

const within = (workspace: string, path: string): string =>
  workspace !== '' && path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;
