import { Buffer } from 'node:buffer';
import { Script } from 'node:vm';
import type { EdgeFunction } from '../edge-view.ts';
import { rewriteImports } from './rewrite-imports.ts';

/** A function ready to run, or why its text cannot run at all. */
export type CompiledFunction =
  | { readonly kind: 'compiled'; readonly script: Script }
  | { readonly kind: 'refused'; readonly message: string };

/** CloudFront quotas, "Quotas on CloudFront Functions": maximum function size 10 KB. */
export const maxFunctionBytes = 10_240;

export function compileFunction(fn: EdgeFunction, maxBytes = maxFunctionBytes): CompiledFunction {
  const bytes = Buffer.byteLength(fn.code);
  if (bytes > maxBytes) {
    return { kind: 'refused', message: `the function has ${bytes} bytes, more than ${maxBytes}` };
  }
  const rewritten = rewriteImports(fn.code, '__import');
  if (rewritten.kind === 'refused') return rewritten;
  // "Functions operate in strict mode by default." The directive stays on the first line, so line numbers hold.
  const text = `'use strict';${rewritten.text}\n;__invoke(typeof handler === 'function' ? handler : undefined);`;
  try {
    return { kind: 'compiled', script: new Script(text, { filename: `${fn.name}.js` }) };
  } catch (error) {
    const line = error instanceof Error ? /^\S+:(\d+)\n/.exec(error.stack ?? '')?.[1] : undefined;
    return { kind: 'refused', message: line === undefined ? String(error) : `${error} in line ${line}` };
  }
}
