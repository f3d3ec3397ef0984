import type { EdgeSource } from '../model/edge-source.ts';
import type { Settings } from '../model/settings.ts';

/** Texts of the user's own functions, as the config names their files. Throws `E_CONFIG`. */
export async function readHandlers({ edge }: Settings): Promise<EdgeSource['handlers']> {
  if (edge.viewerRequest === null && edge.viewerResponse === null) return edge;
  const { readHandler } = await import('../site/read-handler.ts');
  const read = async (file: string | null) => (file === null ? null : readHandler(file));
  return { viewerRequest: await read(edge.viewerRequest), viewerResponse: await read(edge.viewerResponse) };
}
