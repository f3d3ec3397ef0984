import type { LocalCloud, LocalCloudOptions } from '../local-cloud/start-local-cloud.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';

/** Starts the local cloud; a port or a folder that is taken, or a policy that is none, is told with what to type instead. */
export async function startCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { startLocalCloud } = await import('../local-cloud/start-local-cloud.ts');
  try {
    return await startLocalCloud(options);
  } catch (error) {
    throw tellRefused(error);
  }
}

function tellRefused(error: unknown): unknown {
  const { code, name, port, message } = error as Partial<Record<'code' | 'name' | 'port' | 'message', string>>;
  if (code === 'EADDRINUSE') {
    return new CdnpubError('E_USAGE', {
      message: `port ${port} is in use`,
      hints: ['--port and --cloud-port with ports that are free', 'cdnpub dev may be running already'],
      cause: error,
    });
  }
  if (code === 'MalformedPolicy') {
    return new CdnpubError('E_USAGE', {
      message: `--policy is no IAM policy: ${message}`,
      hints: ['cdnpub policy --local --role deploy > FILE writes one'],
      cause: error,
    });
  }
  if (name !== 'StateInUse') return error;
  return new CdnpubError('E_USAGE', {
    message: `a local cloud is running already: ${message}`,
    hints: ['use that one: every command takes --local', '--state DIR for another'],
    cause: error,
  });
}
