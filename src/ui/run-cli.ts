import { Errors, run } from '@oclif/core';
import { failureObject } from '../report/failure-object.ts';
import { renderError } from '../report/render-error.ts';
import { printLines } from './print-lines.ts';
import { toCdnpubError } from './to-cdnpub-error.ts';

/** Runs the program and ends the process: the only place that turns an error into an exit code. */
export async function runCli(argv: readonly string[], root: string): Promise<void> {
  // The SDK warns on standard error that Node 20 will not be supported next year; `engines` says what cdnpub needs.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    await run([...argv], root);
  } catch (error) {
    process.exitCode = tellFailure(error, argv);
  }
  await end();
}

/** Ends as soon as what was printed is out: a client may still be asking for what nobody waits for any more. */
async function end(): Promise<never> {
  const written = (stream: NodeJS.WriteStream) => new Promise<void>((resolve) => stream.write('', () => resolve()));
  await Promise.all([written(process.stdout), written(process.stderr)]);
  process.exit();
}

/** Says what went wrong, as the flags ask for it, and answers the exit code. */
function tellFailure(error: unknown, argv: readonly string[]): number {
  if (error instanceof Errors.ExitError) return error.oclif.exit ?? 0;
  const known = toCdnpubError(error);
  if (wantsJson(argv)) {
    process.stdout.write(`${JSON.stringify(failureObject(known ?? error))}\n`);
  }
  if (known === undefined) {
    process.stderr.write(
      `cdnpub met a bug of its own. Please report it with this:\n${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return 70;
  }
  if (!wantsJson(argv)) printLines(process.stderr, renderError(known));
  return known.exit;
}

const wantsJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json');
};
