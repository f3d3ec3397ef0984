import type { Environment } from '../aws/connect.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import type { EdgeSecret } from '../model/edge-program.ts';
import { headerProblem } from '../model/header-problem.ts';
import type { AuthSettings, SecretSetting, Settings } from '../model/settings.ts';

/** What a secret is, in clear. */
export type ReadSecret = (secret: EdgeSecret) => string;

/**
 * The secrets that the settings name, read from the environment at once, so that a missing one is told before anything
 * is done. Throws `E_CONFIG`, which names the variable and never a value.
 */
export function edgeSecrets({ auth, origins }: Pick<Settings, 'auth' | 'origins'>, env: Environment): ReadSecret {
  const users = new Map(Object.entries(auth?.users ?? {}).map(([name, given]) => [name, password(name, given, env)]));
  const key = auth?.jwt ? reveal(auth.jwt, env) : undefined;
  for (const { server } of origins) if (server.secret !== null) originHeader(server.secret.variable, env);
  return (secret) => {
    if (secret.kind === 'originHeader') return originHeader(secret.variable, env);
    const found = secret.kind === 'jwtKey' ? key : users.get(secret.user);
    if (found === undefined) throw new Error(`a secret of the kind ${secret.kind} was never given`);
    return found;
  };
}

/** Ours: a shorter one can be guessed from what the store holds of it. */
const shortest = 12;

function password(name: string, given: AuthSettings['users'][string], env: Environment): string {
  const found = reveal(given, env);
  if (found.length >= shortest) return found;
  throw new CdnpubError('E_CONFIG', {
    message: `the password of ${name} has fewer than ${shortest} characters`,
    hints: given.kind === 'variable' ? [`set ${given.name} to a longer one`] : ['choose a longer one'],
  });
}

function originHeader(name: string, env: Environment): string {
  const value = reveal({ kind: 'variable', name }, env, 'origins');
  if (headerProblem.value(value) === undefined) return value;
  throw new CdnpubError('E_CONFIG', {
    message: `the environment variable ${name} cannot be a header: it has line breaks or characters that are not ASCII`,
    hints: [`set ${name} to printable ASCII characters`],
  });
}

function reveal(given: SecretSetting, env: Environment, key: 'auth' | 'origins' = 'auth'): string {
  if (given.kind === 'text') return given.text;
  const found = env[given.name];
  if (found) return found;
  throw new CdnpubError('E_CONFIG', {
    message: `the environment variable ${given.name}, which "${key}" names, is not set`,
    hints: [`set ${given.name} and run the same command again`],
  });
}
