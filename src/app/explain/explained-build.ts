import type { Environment } from '../../aws/connect.ts';
import type { SecretSetting, Settings } from '../../model/settings.ts';
import { objectTags } from '../../plan/assets/object-tags.ts';
import type { ExplainedSite } from '../../plan/explain/explained-site.ts';
import { readBuild } from '../read-build.ts';
import { noEdge } from './no-edge.ts';

/**
 * A build as it would be published. Nothing but its directory is read, and passwords where the environment has them.
 * Throws `E_DIR`, `E_RULES`, `E_CONFIG`.
 */
export async function explainedBuild(settings: Settings, env: Environment): Promise<ExplainedSite> {
  if (!settings.cdn) throw noEdge(settings.site);
  const { auth } = settings;
  const isKnown = [...Object.values(auth?.users ?? {}), ...(auth?.jwt ? [auth.jwt] : [])].every(
    (secret) => secret.kind === 'text' || env[secret.name],
  );
  const build = await readBuild(isKnown ? settings : withoutSecrets(settings), () => {}, env);
  const { source, secretValue } = build.edge;
  const objects = build.inventory.assets.map(
    (asset) => [asset.key, { headers: asset.headers, tags: objectTags(asset.key, asset.class) }] as const,
  );
  return {
    ...{ from: 'build', site: settings.site, release: null, source, layout: null, rules: build.headers },
    ...{ objects: new Map(objects), store: new Map(), hosts: source.hosts },
    secretValue: isKnown ? (secret) => secretValue(secret, 'explain') : null,
    warnings: [...build.warnings, ...(isKnown ? [] : [unknown])],
  };
}

const unknown = 'the secrets of "auth" are not in the environment: a password is taken for right, a token for wrong';

/** None of it is ever compared with anything. */
function withoutSecrets(settings: Settings): Settings {
  const { auth } = settings;
  const none: SecretSetting = { kind: 'text', text: 'not in the environment' };
  const users = Object.fromEntries(Object.keys(auth?.users ?? {}).map((name) => [name, none]));
  return auth === null ? settings : { ...settings, auth: { ...auth, users, jwt: auth.jwt && none } };
}
