import type { Guard } from './guard.ts';

/** Another account than the config's is never allowed: the flag for it is another config. */
export const accountGuard: Guard = ({ target, settings }) =>
  settings.account === null || target.account === null || settings.account === target.account
    ? undefined
    : {
        code: 'E_ACCOUNT',
        message: `these credentials belong to account ${target.account}, the config names ${settings.account}`,
        hints: ['--profile NAME with credentials of that account', 'change "account" in the config'],
      };

/** A bucket that cdnpub did not make is used only when asked. */
export const bucketGuard: Guard = ({ target, snapshot, allowed }) =>
  snapshot.bucket.kind === 'absent' || snapshot.bucket.owned || allowed.adopt
    ? undefined
    : {
        code: 'E_FOREIGN_BUCKET',
        message: `bucket ${target.bucket} exists and was not made by cdnpub`,
        hints: ['--adopt publishes into it and leaves all that is not cdnpub’s as it is', '--bucket NAME'],
      };

/** One folder of a bucket holds one site. */
export const siteGuard: Guard = ({ target, snapshot }) => {
  const record = snapshot.site?.value;
  const manifest = snapshot.manifest;
  const place = `${target.bucket}/${target.prefix}`;
  if (record !== undefined && record.site !== target.site) {
    return {
      code: 'E_FOREIGN_BUCKET',
      message: `${place} holds the site ${record.site}, not ${target.site}`,
      hints: [`--site ${record.site}`, '--bucket NAME'],
    };
  }
  if (record !== undefined && manifest !== undefined && manifest.siteId !== record.siteId) {
    return {
      code: 'E_FOREIGN_BUCKET',
      message: `the state in ${place} was written for another site (${manifest.siteId}, not ${record.siteId})`,
      hints: ['--bucket NAME', 'restore the .cdnpub folder that belongs to this site'],
    };
  }
  return undefined;
};

/** What is somebody else's to make must be there. */
export const contentGuard: Guard = ({ target, snapshot }) => {
  if (target.manage === 'all') return undefined;
  const hints = ['make it, or correct the config: with "manage": "content" cdnpub makes nothing'];
  if (snapshot.bucket.kind === 'absent')
    return { code: 'E_CONFIG', message: `there is no bucket ${target.bucket}`, hints };
  return target.distribution === null || snapshot.cdn?.distribution !== undefined
    ? undefined
    : { code: 'E_CONFIG', message: `there is no distribution ${target.distribution} in this account`, hints };
};

/** Without its distribution a site would go on serving the old pages. */
export const cdnGuard: Guard = ({ target, snapshot }) =>
  target.cdn || snapshot.site?.value.distribution == null
    ? undefined
    : {
        code: 'E_CONFIG',
        message: `${target.site} has the distribution ${snapshot.site.value.distribution.id}; --no-cdn would leave it serving old pages`,
        hints: ['leave --no-cdn away'],
      };
