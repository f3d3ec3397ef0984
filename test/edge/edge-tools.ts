import { edgeTools } from '../../src/app/edge-tools.ts';

/** The compiler's tools, as the product has them. */
export const tools = await edgeTools();
