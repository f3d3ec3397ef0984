import type { Target } from '../../src/model/target.ts';

/** The place of the site `docs`. */
export const makeTarget = (given: Partial<Target> = {}): Target => ({
  site: 'docs',
  channel: 'live',
  account: '111122223333',
  region: 'eu-west-1',
  bucket: 'docs-111122223333-eu-west-1-an',
  prefix: '',
  cdn: true,
  manage: 'all',
  distribution: null,
  partition: 'aws',
  ...given,
});
