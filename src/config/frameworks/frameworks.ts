import { appFrameworks } from './app-frameworks.ts';
import { bundlers } from './bundlers.ts';
import { documentationGenerators } from './documentation-generators.ts';
import type { Framework } from './framework.ts';
import { metaFrameworks } from './meta-frameworks.ts';
import { reactFrameworks } from './react-frameworks.ts';
import { staticGenerators } from './static-generators.ts';

/** Every generator that is known, in the order in which builds are held against them. */
export const frameworks: readonly Framework[] = [
  ...reactFrameworks,
  ...metaFrameworks,
  ...documentationGenerators,
  ...staticGenerators,
  ...appFrameworks,
  ...bundlers,
];
