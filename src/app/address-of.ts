import { canonicalPath } from '../edge/canonical-path.ts';
import type { Settings } from '../model/settings.ts';

/** The address of a site whose host's is `origin`: without a slash at its end where the site is all that is there. */
export const addressOf = (origin: string, { basePath }: Pick<Settings, 'basePath'>): string =>
  basePath === '' && origin !== '' ? origin : origin + canonicalPath(basePath);
