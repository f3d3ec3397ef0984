import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { EdgeTools, Minify } from '../edge/edge-tools.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { digest } from './digest.ts';
import { readTemplate } from './templates.ts';

/** The edge compiler's tools. */
export async function edgeTools(): Promise<EdgeTools> {
  const names = await readdir(new URL('../../templates/edge/', import.meta.url));
  const texts = await Promise.all(names.map((name) => readTemplate(`edge/${name}`)));
  return {
    fragments: Object.fromEntries(names.map((name, i) => [name, texts[i] ?? ''])),
    minify: remember(minify),
    digest,
  };
}

/**
 * Nothing newer than ES 5.1 is brought in, and nothing is moved into another expression: cloudfront-js-2.0 takes no `await`
 * in an argument.
 */
const minify: Minify = ({ name, text, constants, entry, reserved }) => {
  const nameCache: { vars?: { props?: Record<string, string> } } = {};
  try {
    const { code = '' } = loadMinifier()(
      { [name]: text },
      {
        ecma: 5,
        module: true,
        nameCache,
        compress: {
          ...{ ecma: 5, global_defs: constants, passes: 2, toplevel: true, top_retain: [entry] },
          ...{ arrows: false, collapse_vars: false, reduce_funcs: false, inline: false },
        },
        mangle: { toplevel: true, reserved: [...reserved] },
        format: { ascii_only: true, inline_script: false },
      },
    );
    return { text: code, entry: nameCache.vars?.props?.[`$${entry}`] ?? entry };
  } catch (error) {
    throw isSyntaxError(error)
      ? new CdnpubError('E_CONFIG', { message: `${name}:${error.line}: ${error.message}`, hints: [] })
      : error;
  }
};

/** Loaded by the first text that is made shorter: it is large, and a site without a distribution has none. */
const loadMinifier = (): typeof import('terser').minify_sync =>
  (createRequire(import.meta.url)('terser') as typeof import('terser')).minify_sync;

const isSyntaxError = (error: unknown): error is Error & { readonly line: number } =>
  error instanceof Error && 'line' in error && typeof error.line === 'number';

/** A deploy shortens the same text more than once. */
function remember(minify: Minify): Minify {
  const known = new Map<string, ReturnType<Minify>>();
  return (script) => {
    const key = JSON.stringify(script);
    const result = known.get(key) ?? minify(script);
    known.set(key, result);
    return result;
  };
}
