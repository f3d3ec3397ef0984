import { Command, Flags, type Interfaces } from '@oclif/core';
import type { ExitCode } from './model/error-code.ts';
import { fitLines } from './report/fit-lines.ts';
import { columnsOf, printLines } from './ui/print-lines.ts';

/** What a command answers: one object for programs, lines for people. */
export interface CommandAnswer {
  readonly exit: ExitCode;
  /** Printed on standard output with `--json`. */
  readonly json: object;
  /** The result, on standard output without `--json`. */
  readonly result: readonly string[];
  /** All else, on standard error unless `--json` or `--quiet`. */
  readonly notes: readonly string[];
}

export type BaseFlags = Interfaces.InferredFlags<typeof BaseCommand.baseFlags>;

/** What all commands share: flags, and the one way in which an answer is printed. */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    config: Flags.string({
      helpGroup: 'GLOBAL',
      helpValue: 'FILE',
      description: 'config file to use instead of the one that is found',
    }),
    site: Flags.string({ helpGroup: 'GLOBAL', helpValue: 'NAME', description: 'name of the site' }),
    env: Flags.string({ helpGroup: 'GLOBAL', char: 'e', helpValue: 'NAME', description: 'environment of the config' }),
    profile: Flags.string({ helpGroup: 'GLOBAL', helpValue: 'NAME', description: 'AWS profile' }),
    local: Flags.boolean({
      default: false,
      helpGroup: 'GLOBAL',
      description: 'use the local cloud, no AWS account needed',
    }),
    json: Flags.boolean({
      default: false,
      helpGroup: 'GLOBAL',
      description: 'print one JSON object on standard output',
    }),
    quiet: Flags.boolean({ default: false, helpGroup: 'GLOBAL', description: 'print the result alone' }),
    verbose: Flags.boolean({ default: false, helpGroup: 'GLOBAL', description: 'name every object' }),
  };

  /** Prints an answer as the flags ask for it and sets the exit code. */
  protected print(
    { exit, json, result, notes }: CommandAnswer,
    flags: { readonly json: boolean; readonly quiet: boolean },
  ): void {
    if (!flags.json && !flags.quiet) this.tell(notes);
    const lines = flags.json ? [JSON.stringify(json)] : result;
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
    process.exitCode = exit;
  }

  /** Prints lines for people, on standard error. */
  protected tell(lines: readonly string[]): void {
    printLines(process.stderr, lines);
  }

  /** A result that people read, laid out for the terminal that shows it. */
  protected laidOut(lines: readonly string[]): readonly string[] {
    const columns = columnsOf(process.stdout);
    return columns === undefined ? lines : fitLines(lines, columns);
  }
}
