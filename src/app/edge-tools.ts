import type { EdgeTools } from '../edge/edge-tools.ts';
import { digest } from './digest.ts';
import { readTemplate } from './templates.ts';

/** What the edge compiler works with. */
export async function edgeTools(): Promise<EdgeTools> {
  const name = 'viewer-request.js';
  return { fragments: { [name]: await readTemplate(`edge/${name}`) }, minify: (text) => text, digest };
}
