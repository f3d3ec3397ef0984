import type { InitChoices } from '../app/init.ts';
import { rules } from '../config/rules.ts';

/** Asks what a new config shall say, each question with its default. */
export async function askInit(defaults: InitChoices): Promise<InitChoices> {
  const { input } = await import('@inquirer/prompts');
  const context = { output: process.stderr };
  const question = (key: keyof InitChoices, message: string) =>
    input({ message, default: defaults[key], validate: (value) => rules[key](value) ?? true }, context);
  return {
    site: await question('site', 'Name of the site'),
    dir: await question('dir', 'Directory of built files'),
    region: await question('region', 'Region of the bucket'),
  };
}
