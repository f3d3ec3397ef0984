import { performance } from 'node:perf_hooks';
import type { EdgeFunction, EdgeView } from '../edge-view.ts';
import { type Bridge, codecs } from './bridge.ts';
import { type CompiledFunction, compileFunction } from './compile-function.ts';
import { createFunctionContext } from './create-context.ts';
import type { FunctionEvent } from './function-event.ts';
import { type FunctionOutcome, type FunctionResult, functionError } from './function-result.ts';
import { runScript } from './run-script.ts';
import { validateResult } from './validate-result.ts';

export interface FunctionRunner {
  /** Runs a function on one event. Never rejects: whatever the function does is a result. */
  run(fn: EdgeFunction, event: FunctionEvent): Promise<FunctionResult>;
  /** The same, at once: nothing that a function may do takes time. */
  runNow(fn: EdgeFunction, event: FunctionEvent): FunctionResult;
}

/**
 * Makes a runner of CloudFront functions (cloudfront-js-2.0). `readStore` gives a store's value or undefined where the
 * key is missing; `now` is the server's clock in milliseconds. The runtime accepts more syntax than CloudFront's does;
 * globals that CloudFront does not list are absent.
 */
export function createFunctionRunner(options: {
  readonly readStore: EdgeView['storeValue'];
  readonly storeMeta: EdgeView['storeMeta'];
  readonly now?: () => number;
  /** CloudFront's 10 KB where none is given. */
  readonly maxFunctionBytes?: number;
}): FunctionRunner {
  const compiled = new Map<
    string,
    { readonly version: number; readonly code: string; readonly fn: CompiledFunction }
  >();

  function compile(fn: EdgeFunction): CompiledFunction {
    const known = compiled.get(fn.arn);
    // A DEVELOPMENT text under test may share its version with another: the text decides too.
    if (known?.version === fn.version && known.code === fn.code) return known.fn;
    const made = compileFunction(fn, options.maxFunctionBytes);
    compiled.set(fn.arn, { version: fn.version, code: fn.code, fn: made });
    return made;
  }

  function runNow(fn: EdgeFunction, event: FunctionEvent): FunctionResult {
    const logs: string[] = [];
    const startedAt = performance.now();
    const outcome = runCompiled(
      compile(fn),
      event,
      (finish) => ({
        ...codecs,
        ...storeReaders(fn, options),
        finish,
        log: (line) => keepLog(logs, line),
      }),
      options.now?.() ?? Date.now(),
    );
    return { ...outcome, logs, elapsedMs: performance.now() - startedAt };
  }

  return { runNow, run: async (fn, event) => runNow(fn, event) };
}

function runCompiled(
  fn: CompiledFunction,
  event: FunctionEvent,
  makeBridge: (finish: Bridge['finish']) => Bridge,
  startedAt: number,
): FunctionOutcome {
  if (fn.kind === 'refused') return functionError('FunctionExecutionError', fn.message);
  let finished: { readonly kind: 'value' | 'error'; readonly text: string } | undefined;
  const bridge = makeBridge((kind, text) => {
    finished ??= { kind, text };
    return null;
  });
  const context = createFunctionContext({ bridge, eventText: JSON.stringify(event), startedAt });
  const thrown = runScript(fn.script, context);
  if (thrown !== undefined) return functionError('FunctionExecutionError', thrown);
  if (finished === undefined) return functionError('FunctionExecutionError', 'the function never returned a value');
  if (finished.kind === 'error') return functionError('FunctionExecutionError', finished.text);
  return validateResult(JSON.parse(finished.text), event);
}

function storeReaders(
  fn: EdgeFunction,
  stores: { readonly readStore: EdgeView['storeValue']; readonly storeMeta: EdgeView['storeMeta'] },
): Pick<Bridge, 'openStore' | 'readStore' | 'storeMeta'> {
  return {
    openStore: (id) => fn.storeArns.find((arn) => id === '' || arn.endsWith(`/${id}`)) ?? null,
    readStore: (arn, key) => stores.readStore(arn, key) ?? null,
    storeMeta(arn) {
      const meta = stores.storeMeta(arn);
      if (meta === undefined) return null;
      const [creationDateTime, lastUpdatedDateTime] = [meta.created, meta.updated].map((at) =>
        new Date(at).toISOString(),
      );
      return JSON.stringify({ creationDateTime, lastUpdatedDateTime, keyCount: meta.keyCount });
    },
  };
}

/** "Function logs in CloudFront Functions are truncated at 10 KB" (restrictions on CloudFront Functions). */
const maxLogCharacters = 10_240;

function keepLog(logs: string[], line: string): null {
  const room = maxLogCharacters - logs.reduce((sum, kept) => sum + kept.length, 0);
  if (room > 0) logs.push(line.slice(0, room));
  return null;
}
