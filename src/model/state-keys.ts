/** The folder of cdnpub's own state, inside the site's folder in the bucket. */
export const stateFolder = '.cdnpub/';

/** Pages that cdnpub itself stores for the site (its own 404 page). */
export const ownFolder = '_cdnpub/';

/** The 404 page that cdnpub stores where the build brings none. */
export const ownNotFoundKey = `${ownFolder}404.html`;

export const siteRecordKey = `${stateFolder}site.json`;

/** What a new store is made with, while CloudFront reads it. */
export const storeImportKey = `${stateFolder}store.json`;

/** Keys of one channel's state. */
export const channelKeys = (channel: string) => {
  const folder = `${stateFolder}channels/${channel}/`;
  return {
    lock: `${folder}lock.json`,
    manifest: `${folder}manifest`,
    announcements: `${folder}announcements/`,
    announcement: (run: string) => `${folder}announcements/${run}`,
    releases: `${folder}releases/`,
    release: (id: string) => `${folder}releases/${id}`,
  } as const;
};
