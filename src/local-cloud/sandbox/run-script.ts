import { createHook } from 'node:async_hooks';
import { types } from 'node:util';
import type { Context, Script } from 'node:vm';

/**
 * Our bound on one run, in milliseconds of the wall clock. CloudFront allows about one millisecond of its own time
 * ("compute utilization") and publishes no exact figure. A busy machine may hold a process up for tens of
 * milliseconds, so this is wide and only catches what would never end.
 */
const runTimeoutMs = 2_000;

/**
 * Runs a function's script with all its promises to the end. Returns the text of what it threw, if anything.
 * A promise that the function leaves rejected is marked as handled: CloudFront ignores it, but Node.js would end the
 * whole process.
 */
export function runScript(script: Script, context: Context): string | undefined {
  const promises: object[] = [];
  const hook = createHook({
    init: (_id, type, _trigger, resource) => {
      if (type === 'PROMISE') promises.push(resource);
    },
  }).enable();
  try {
    script.runInContext(context, { timeout: runTimeoutMs });
    return undefined;
  } catch (error) {
    return describeThrown(error);
  } finally {
    hook.disable();
    for (const promise of promises) markHandled(promise);
  }
}

function markHandled(promise: object): void {
  try {
    Promise.prototype.then.call(promise, ignore, ignore);
  } catch {
    // A promise whose constructor the function replaced cannot be followed; nothing of ours depends on it.
  }
}

function ignore(): void {}

/** Reads an error of the sandbox without running any of its code: own data properties only. */
function describeThrown(error: unknown): string {
  if (!types.isNativeError(error)) return typeof error === 'string' ? error : 'the function threw a value';
  const text = (name: string) => {
    const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
    return typeof value === 'string' ? value : undefined;
  };
  if (text('code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return `the function ran longer than ${runTimeoutMs} ms`;
  const [firstLine = ''] = (text('stack') ?? '').split('\n').filter((line) => /^\w*Error\b/.test(line));
  return firstLine || (text('message') ?? 'the function threw an error');
}
