import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { dev } from '../app/dev.ts';
import { localStateDir } from '../app/local-session.ts';
import { BaseCommand } from '../base-command.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { type DeployReport, deployResult } from '../report/deploy-result.ts';
import { row } from '../report/format.ts';
import { renderEnd } from '../report/render-end.ts';
import { renderError } from '../report/render-error.ts';
import { devDeploy } from '../ui/dev-deploy.ts';
import { untilInterrupted } from '../ui/until-interrupted.ts';

export default class Dev extends BaseCommand {
  static override summary =
    'Try everything on this machine: a local S3 and CloudFront, deployed to again on each change.';
  static override description =
    `Needs no AWS account. The site is deployed by the ordinary deploy and served as CloudFront would.
The endpoint and the key that are printed work with the AWS CLI and every SDK.`;
  static override examples = ['<%= config.bin %> dev dist/', '<%= config.bin %> dev dist/ --port 8080'];
  static override args = { dir: Args.string({ name: 'DIR', description: 'directory of built files' }) };
  static override flags = {
    port: Flags.integer({ helpValue: '4400', description: 'port of the site', default: 4400, min: 0, max: 65_535 }),
    'cloud-port': Flags.integer({
      helpValue: '4401',
      description: 'port of the AWS endpoint',
      default: 4401,
      min: 0,
      max: 65_535,
    }),
    pops: Flags.integer({
      helpValue: '1',
      description: 'points of presence, each with its own cache; the header x-cdnpub-pop: N picks one',
      default: 1,
      min: 1,
      max: 16,
    }),
    policy: Flags.string({ helpValue: 'FILE', description: 'IAM policy that the printed key is held to' }),
    state: Flags.string({ helpValue: 'DIR', description: 'where the local cloud is kept', default: '.cdnpub/local' }),
    watch: Flags.boolean({ allowNo: true, default: true, description: 'deploy again when the directory changes' }),
    once: Flags.boolean({ default: false, description: 'deploy, and end' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Dev);
    const say = (event: object, lines: readonly string[]) => {
      if (flags.json) process.stdout.write(`${JSON.stringify(event)}\n`);
      else this.tell(lines);
    };
    const deployed = (report: DeployReport) => {
      const view = { report, inventory: undefined, liveSince: null, local: true, next: null };
      say({ event: 'deployed', ...deployResult(report) }, ['', ...renderEnd(view)]);
      if (flags.once) process.exitCode = deployResult(report).exit;
    };
    await dev({
      deploy: await devDeploy({ dir: args.dir, flags }),
      stateDir: flags.state === '.cdnpub/local' ? localStateDir(process.cwd()) : resolve(flags.state),
      port: flags.port,
      cloudPort: flags['cloud-port'],
      pops: flags.pops,
      policy: flags.policy === undefined ? undefined : readPolicy(flags.policy),
      watches: flags.watch && !flags.once,
      onReady: (cloud) => {
        const { siteUrl: url, endpoint, accessKeyId, secretAccessKey } = cloud;
        say({ event: 'ready', url, endpoint, accessKeyId, secretAccessKey }, [
          row('Site', url),
          row('AWS endpoint', endpoint),
          row('Inspector', `${endpoint}/_cdnpub/`),
          row('Access key', `${accessKeyId} · ${secretAccessKey}`),
        ]);
      },
      onDeployed: deployed,
      onWaiting: (error) =>
        say({ event: 'waiting', code: error.code, message: error.message }, [
          ...renderError(error),
          '    Waiting for the build to finish.',
        ]),
      until: flags.once ? undefined : untilInterrupted(),
    });
  }
}

function readPolicy(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const hints = ['cdnpub policy --local --role deploy > FILE writes one'];
    throw new CdnpubError('E_USAGE', { message: `--policy ${path} cannot be read`, hints, cause: error });
  }
}
