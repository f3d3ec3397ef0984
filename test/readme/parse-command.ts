import { fileURLToPath } from 'node:url';
import { Config, Parser } from '@oclif/core';
import { normalizeArgv } from '@oclif/core/help';

/**
 * Reads a command line by the parser and the command class that would run it, and runs nothing. Throws what the user
 * would see: an unknown command, an unknown flag, an argument too many or too few, a value that is no choice.
 */
export async function parseCommand([program, ...words]: readonly string[]): Promise<void> {
  if (program !== 'cdnpub') throw new Error(`npx ${program} is not this program`);
  const config = await Config.load({ root: fileURLToPath(new URL('../..', import.meta.url)) });
  // Words of a topic and its command become one: `releases show` is `releases:show`.
  const [id = '', ...argv] = normalizeArgv(config, words);
  const command = await config.findCommand(id, { must: true }).load();
  const { args, strict, flags, baseFlags } = command;
  await Parser.parse(argv, { args, strict, flags: { ...baseFlags, ...flags } });
}
