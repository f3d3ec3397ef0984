import { CdnpubError } from '../model/cdnpub-error.ts';
import type { InfraStep } from '../model/infrastructure.ts';
import type { Run } from './run.ts';

/**
 * Asks for the site's record as anybody would. Throws `E_SECRETS` where it is had: then all state is public. An answer
 * that is not the record, such as an application's page for whatever is not there, says that it is not.
 */
export async function askForState(
  { ports, resolved, warnings }: Run,
  { paths, deny, siteId }: Extract<InfraStep, { kind: 'askForState' }>,
): Promise<void> {
  const domain = resolved['distribution.domain'];
  if (domain === undefined) throw new Error('the state was to be asked for without a distribution');
  for (const path of paths) {
    const { url, answer } = await ports.readPublicly(domain, path);
    if (answer === undefined) {
      warnings.push(`${url} could not be asked for: make sure that nobody can read what is there`);
    } else if (answer.status === 200 && answer.text.includes(siteId)) {
      throw new CdnpubError('E_SECRETS', {
        message: `anybody can read cdnpub's state at ${url}`,
        hints: [`add to the policy of the bucket: ${JSON.stringify(deny)}`, 'then run the same command again'],
      });
    }
  }
}
