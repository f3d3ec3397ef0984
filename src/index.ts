/** The programmatic API: the use cases behind the commands. */
export { deploy } from './app/deploy.ts';
export type { DeployOptions } from './app/deploy-options.ts';
export { systemClock } from './app/system-clock.ts';
export type { ConfigFile as Config } from './config/schema.ts';
export { CdnpubError } from './model/cdnpub-error.ts';
export type { Settings } from './model/settings.ts';
export { type DeployResult, deployResult } from './report/deploy-result.ts';
