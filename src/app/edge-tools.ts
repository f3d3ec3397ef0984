import type { EdgeTools } from '../edge/edge-tools.ts';
import { digest } from './digest.ts';
import { readTemplate } from './templates.ts';

const fragmentNames = ['viewer-request.js'] as const;

/** The edge compiler's tools. The minifier is loaded here and nowhere else, as it is large. */
export async function edgeTools(): Promise<EdgeTools> {
  const [{ minify_sync }, ...texts] = await Promise.all([
    import('terser'),
    ...fragmentNames.map((name) => readTemplate(`edge/${name}`)),
  ]);
  return {
    fragments: Object.fromEntries(fragmentNames.map((name, i) => [name, texts[i] ?? ''])),
    minify: (text, constants) =>
      minify_sync(text, {
        module: true,
        ecma: 2015,
        compress: { global_defs: constants, passes: 3, toplevel: true },
        mangle: { toplevel: true, reserved: ['handler'] },
      }).code ?? '',
    digest,
  };
}
