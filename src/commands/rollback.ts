import { Args } from '@oclif/core';
import { rollback } from '../app/rollback.ts';
import { BaseCommand } from '../base-command.ts';
import { type DeployReport, deployResult } from '../report/deploy-result.ts';
import { row } from '../report/format.ts';
import { placeOf, renderEnd } from '../report/render-end.ts';
import { tellGithub } from '../ui/github/tell-github.ts';
import { openDeploy } from '../ui/open-deploy.ts';
import { noBuildFlags, rollbackFlags } from '../ui/rollback-flags.ts';

export default class Rollback extends BaseCommand {
  static override summary = 'Go back to an earlier release.';
  static override description =
    `Without an id: to the release before the live one. Files, headers and edge rules become those of that release;
the bucket copies its own versions, so nothing is built or uploaded. It is a release of its own, and can be undone.`;
  static override examples = [
    '<%= config.bin %> rollback',
    '<%= config.bin %> rollback --dry-run',
    '<%= config.bin %> rollback r-20261122-101500-3f9a1c --hold',
  ];
  static override args = { release: Args.string({ name: 'RELEASE', description: 'id of the release' }) };
  static override flags = rollbackFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Rollback);
    const session = await openDeploy({
      dir: '.',
      flags: { ...flags, ...noBuildFlags },
      tell: (lines) => this.tell(lines),
    });
    try {
      const report = await rollback({ ...session.options, release: args.release, hold: flags.hold });
      await session.settle();
      const result = deployResult(report);
      const shown = process.stdout.isTTY && !flags.quiet;
      const place = report.error === undefined && !shown ? placeOf(report) : null;
      const notes = [
        ...renderTarget(report),
        ...renderEnd({ report, ...session.endView(), next: flags['dry-run'] ? null : nextOf(report) }),
      ];
      this.print({ exit: result.exit, json: result, result: place === null ? [] : [place], notes }, flags);
      if (report.error !== undefined && flags.quiet && !flags.json) this.tell(notes);
      await tellGithub(report, { env: process.env, dir: null });
    } finally {
      await session.close();
    }
  }
}

function renderTarget({ plan, error }: DeployReport): readonly string[] {
  if (error !== undefined || plan?.rollback == null) return [];
  const { to, hold } = plan.rollback;
  return [row('Rollback to', to), ...(hold ? [row('Held', 'deploys are refused')] : [])];
}

const nextOf = ({ plan }: DeployReport) =>
  plan?.rollback?.hold === true
    ? { command: 'cdnpub resume', why: 'lets deploys through again' }
    : { command: 'cdnpub deploy DIR', why: 'goes forward again' };
