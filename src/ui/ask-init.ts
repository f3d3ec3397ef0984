import { rules } from '../config/rules.ts';

/** What may be asked: each has an answer already. */
export interface InitAnswers {
  readonly site: string;
  readonly dir: string;
  readonly region: string;
  readonly spa: boolean | string;
}

/** Asks at most four questions, each with its default; where several builds were found the folder is chosen from them. */
export async function askInit(defaults: InitAnswers, dirs: readonly string[]): Promise<InitAnswers> {
  const { confirm, input, select } = await import('@inquirer/prompts');
  const context = { output: process.stderr };
  const question = (key: 'site' | 'dir' | 'region', message: string) =>
    input({ message, default: defaults[key], validate: (value) => rules[key](value) ?? true }, context);
  const dir =
    dirs.length > 1
      ? await select(
          { message: 'Which build', choices: dirs.map((value) => ({ value })), default: defaults.dir },
          context,
        )
      : await question('dir', 'Directory of built files');
  const site = await question('site', 'Name of the site');
  const region = await question('region', 'Region of the bucket');
  const message = 'Does one page draw all others (a single-page app)?';
  const isSingle = await confirm({ message, default: defaults.spa !== false }, context);
  return { site, dir, region, spa: isSingle ? defaults.spa || true : false };
}
