import { Args } from '@oclif/core';
import { deploy } from '../app/deploy.ts';
import { BaseCommand } from '../base-command.ts';
import { deployResult } from '../report/deploy-result.ts';
import { renderCompute } from '../report/render-compute.ts';
import { placeOf, renderEnd } from '../report/render-end.ts';
import { deployFlags } from '../ui/deploy-flags.ts';
import { tellGithub } from '../ui/github/tell-github.ts';
import { openDeploy } from '../ui/open-deploy.ts';
import { toCdnpubError } from '../ui/to-cdnpub-error.ts';

export default class Deploy extends BaseCommand {
  static override summary = 'Publish a directory of built files.';
  static override description =
    `Compares the build with the bucket, uploads what changed, and makes edges forget exactly that.
The first run creates a private bucket and a distribution, and asks before it does; ordinary runs never ask.`;
  static override examples = [
    '<%= config.bin %> deploy dist/',
    '<%= config.bin %> deploy dist/ --dry-run',
    '<%= config.bin %> deploy dist/ --local',
    'URL=$(<%= config.bin %> deploy dist/ --yes)',
  ];
  static override args = { dir: Args.string({ name: 'DIR', description: 'directory of built files' }) };
  static override flags = deployFlags;

  async run(): Promise<void> {
    const json = this.argv.includes('--json');
    try {
      await this.deploy();
    } catch (error) {
      const known = toCdnpubError(error);
      if (known === undefined) throw error;
      // Failed before there was anything to plan: the whole object all the same.
      const report = { ...nothing, dryRun: this.argv.includes('--dry-run'), error: known };
      const result = deployResult(report);
      if (json) this.print({ exit: result.exit, json: result, result: [], notes: [] }, { json, quiet: true });
      await tellGithub(report, { env: process.env, dir: null });
      if (!json) throw error;
    }
  }

  private async deploy(): Promise<void> {
    const { args, flags } = await this.parse(Deploy);
    const session = await openDeploy({ dir: args.dir, flags, tell: (lines) => this.tell(lines) });
    try {
      const report = await deploy(session.options);
      await session.settle();
      const result = deployResult(report);
      // On a terminal the block above has just shown it.
      const shown = process.stdout.isTTY && !flags.quiet;
      const place = report.error === undefined && !shown ? placeOf(report) : null;
      const compute = flags.verbose ? renderCompute(report.outcome, flags) : [];
      const notes = [...renderEnd({ report, ...session.endView() }), ...compute];
      this.print({ exit: result.exit, json: result, result: place === null ? [] : [place], notes }, flags);
      if (report.error !== undefined && flags.quiet && !flags.json) this.tell(notes);
      await tellGithub(report, { env: process.env, dir: session.options.settings.dir });
    } finally {
      await session.close();
    }
  }
}

const nothing = {
  plan: undefined,
  outcome: undefined,
  leftOut: [],
  distribution: undefined,
  url: null,
  requests: undefined,
  seconds: 0,
} as const;
