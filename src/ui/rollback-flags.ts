import { Flags } from '@oclif/core';
import { deployFlags } from './deploy-flags.ts';

const { bucket, region, cdn, yes, wait, concurrency } = deployFlags;

/** Flags of `rollback`. */
export const rollbackFlags = {
  ...{ bucket, region, cdn, yes, wait, concurrency },
  'dry-run': Flags.boolean({
    default: false,
    description: 'show what would change and ask for every version; nothing is written',
  }),
  hold: Flags.boolean({ default: false, description: 'refuse deploys from then on, until cdnpub resume' }),
  message: deployFlags.message,
  'wait-timeout': deployFlags['wait-timeout'],
  'lock-timeout': deployFlags['lock-timeout'],
};

/** What a rollback hands on to the machinery of deploys: nothing of a build has to be allowed. */
export const noBuildFlags = {
  adopt: false,
  'allow-empty': false,
  'allow-no-index': false,
  'allow-project-root': false,
  'allow-secrets': false,
  'allow-mass-delete': false,
  'allow-older': false,
} as const;
