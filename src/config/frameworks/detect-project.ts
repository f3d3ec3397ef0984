import type { Framework, ProjectSigns, Rank } from './framework.ts';
import { frameworks } from './frameworks.ts';
import type { Project } from './project.ts';

/** A generator that a project shows signs of, and how good the sign is. */
export interface FoundFramework {
  readonly framework: Framework;
  readonly by: 'dependency' | 'text' | 'file';
}

/**
 * The generators that a project uses, the likeliest first. All answers have the best rank of those found: a bundler that a
 * generator stands on is no answer. Among equals an installed package is worth more than a config file, and the one that
 * the build script runs more than all.
 */
export function detectProject(project: Project): readonly FoundFramework[] {
  const found = frameworks.flatMap((framework): FoundFramework[] => {
    const by = signOf(framework.signs, project);
    return by === undefined ? [] : [{ framework, by }];
  });
  const weaknesses = found.map((one) => weakness(one, project));
  const best = Math.min(...weaknesses);
  return found
    .filter((_, at) => weaknesses[at] === best)
    .sort((a, b) => order(a.framework, project) - order(b.framework, project));
}

const ranks: readonly Rank[] = ['site', 'app', 'bundler', 'companion'];

/**
 * A file alone may be left over, or belong to something else in the repository (`docs/conf.py` in a web app), so any
 * installed package beats it, unless the build script runs what the file configures.
 */
const weakness = ({ framework, by }: FoundFramework, project: Project): number =>
  ranks.indexOf(framework.rank) + (by === 'dependency' || isRun(framework, project) ? 0 : ranks.length);

const order = (framework: Framework, project: Project): number =>
  (isRun(framework, project) ? 0 : frameworks.length) + frameworks.indexOf(framework);

/** Whether a script that builds calls the generator's program. */
function isRun({ command }: Framework, { scripts }: Project): boolean {
  const [program = '', verb = ''] = command.replace(/^(?:npx|bundle exec) /, '').split(' ');
  const name = program.slice(program.lastIndexOf('/') + 1);
  const asked = verb.startsWith('-') || verb === '' ? '' : `\\s+${literal(verb.split(':').at(-1) ?? '')}`;
  const called = new RegExp(`(?:^|[\\s/;&])${literal(name)}${asked}(?![\\w-])`);
  return ['build', 'generate', 'export', 'static'].some((script) => called.test(scripts[script] ?? ''));
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function signOf({ dependencies = [], files = [], texts = [] }: ProjectSigns, project: Project) {
  if (dependencies.some((name) => project.dependencies.some((own) => isPackage(own, name)))) return 'dependency';
  const holds = texts.some(({ file, holds }) =>
    Object.entries(project.texts).some(([path, text]) => file.test(path) && holds.test(text)),
  );
  if (holds) return 'text';
  return files.some((file) => project.files.some((path) => file.test(path))) ? 'file' : undefined;
}

const isPackage = (own: string, name: string): boolean =>
  name.endsWith('*') ? own.startsWith(name.slice(0, -1)) : own === name;
