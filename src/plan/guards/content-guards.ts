import type { Guard } from './guard.ts';

const list = (names: readonly string[], most = 3): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

/** An empty build would take the whole site down. */
export const emptyGuard: Guard = ({ inventory, allowed, dirName }) =>
  inventory.assets.length > 0 || allowed.empty
    ? undefined
    : {
        code: 'E_EMPTY',
        message: `${dirName} holds no file to publish`,
        hints: ['build the site first', '--allow-empty publishes an empty site: every page becomes a 404'],
      };

/** A project is not a build: its sources would be public. */
export const projectGuard: Guard = ({ inventory, allowed, dirName }) => {
  const { signs, probableBuild } = inventory.project;
  if (signs.length === 0 || allowed.projectRoot) return undefined;
  const build = probableBuild === null ? [] : [`cdnpub deploy ${dirName.replace(/\/+$/, '')}/${probableBuild}`];
  const guess = probableBuild === null ? '' : `; the build is probably ${probableBuild}`;
  return {
    code: 'E_PROJECT_ROOT',
    message: `${dirName} is a project, not a build: it holds ${list(signs)}${guess}`,
    hints: [...build, '--allow-project-root'],
  };
};

/** Without an index nobody sees anything at `/`. */
export const indexGuard: Guard = ({ inventory, settings, allowed, dirName }) =>
  allowed.noIndex ||
  inventory.assets.length === 0 ||
  inventory.assets.some(({ key }) => key === `${settings.basePath}index.html`)
    ? undefined
    : {
        code: 'E_NO_INDEX',
        message: `${dirName} has no index.html: the site's address would answer 404`,
        hints: ['give the folder that holds index.html', '--allow-no-index'],
      };

/** Files that would be public and look like secrets. */
export const secretsGuard: Guard = ({ inventory, allowed }) => {
  const { secrets } = inventory;
  if (secrets.length === 0 || allowed.secrets) return undefined;
  const found = secrets.map(({ key, what }) => `${key} (${what})`);
  return {
    code: 'E_SECRETS',
    message: `${secrets.length} ${secrets.length === 1 ? 'file looks' : 'files look'} secret and would be public: ${list(found, 5)}`,
    hints: ['take them out of the build, or name them under "ignore" in the config', '--allow-secrets'],
  };
};

/** Deleting more than a third of the mutable files, and more than 20, is more often a broken build than a wish. */
export const massDeleteGuard: Guard = ({ changes, snapshot, allowed, classOf }) => {
  const published = [...(snapshot.manifest?.entries.keys() ?? [])];
  const mutable = new Set(published.filter((key) => classOf(key) !== 'fingerprinted'));
  const deleted = changes.filter((change) => change.kind === 'delete' && mutable.has(change.entry.key)).length;
  if (allowed.massDelete || deleted <= 20 || deleted * 3 <= mutable.size) return undefined;
  return {
    code: 'E_MASS_DELETE',
    message: `this would delete ${deleted} of ${mutable.size} published files that are not fingerprinted`,
    hints: ['check that the build is complete', '--allow-mass-delete'],
  };
};
