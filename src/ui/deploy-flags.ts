import { Flags } from '@oclif/core';

/** Flags that say where a site is. */
export const placeFlags = {
  bucket: Flags.string({
    helpValue: 'NAME',
    description: 'bucket of the site, instead of one named by site, account and region',
  }),
  region: Flags.string({ helpValue: 'REGION', description: 'region of a new bucket' }),
};

/** Flags of `deploy`. */
export const deployFlags = {
  ...placeFlags,
  adopt: Flags.boolean({ default: false, description: 'publish into a bucket that cdnpub did not make' }),
  'dry-run': Flags.boolean({ default: false, description: 'show the plan and run every guard; nothing is written' }),
  out: Flags.string({ helpValue: 'FILE', description: 'save the plan of a dry run, for --plan' }),
  plan: Flags.string({
    helpValue: 'FILE',
    description: 'carry out a saved plan, and refuse when anything has changed since',
  }),
  yes: Flags.boolean({ default: false, char: 'y', description: 'answer every question with yes; overrides no guard' }),
  cdn: Flags.boolean({ allowNo: true, description: 'put a CloudFront distribution before the bucket (default)' }),
  wait: Flags.boolean({
    allowNo: true,
    description: 'wait for the invalidation (default); typed, also for a new distribution',
  }),
  'wait-timeout': Flags.string({ helpValue: '15m', description: 'longest wait', default: '15m' }),
  'lock-timeout': Flags.string({
    helpValue: '5m',
    description: 'longest wait for another deploy (default: none on a terminal, else 5m)',
  }),
  strict: Flags.boolean({
    default: false,
    description: 'stop where a line of _redirects or _headers is not honoured or may surprise, or a link leads nowhere',
  }),
  concurrency: Flags.integer({
    helpValue: 'N',
    description: 'requests in flight at most',
    default: 64,
    min: 1,
    max: 256,
  }),
  message: Flags.string({ char: 'm', helpValue: 'TEXT', description: 'note kept with the release' }),
  'allow-empty': Flags.boolean({
    default: false,
    helpGroup: 'GUARDS',
    description: 'publish a directory without files',
  }),
  'allow-no-index': Flags.boolean({
    default: false,
    helpGroup: 'GUARDS',
    description: 'publish without an index.html',
  }),
  'allow-project-root': Flags.boolean({
    default: false,
    helpGroup: 'GUARDS',
    description: 'publish a directory that looks like a project',
  }),
  'allow-secrets': Flags.boolean({
    default: false,
    helpGroup: 'GUARDS',
    description: 'publish files that look secret',
  }),
  'allow-mass-delete': Flags.boolean({
    default: false,
    helpGroup: 'GUARDS',
    description: 'delete more than a third of the files',
  }),
  'allow-older': Flags.boolean({
    default: false,
    helpGroup: 'GUARDS',
    description: 'let an older CI run replace a newer one',
  }),
};
