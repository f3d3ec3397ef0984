import { hostname } from 'node:os';
import { resume } from '../app/resume.ts';
import { runIdentity } from '../app/run-identity.ts';
import { BaseCommand } from '../base-command.ts';
import { renderResumed, resumeObject } from '../report/resume-report.ts';
import { deployFlags, placeFlags } from '../ui/deploy-flags.ts';
import { lockTimeoutMs } from '../ui/open-deploy.ts';
import { openSite, userName } from '../ui/open-site.ts';

export default class Resume extends BaseCommand {
  static override summary = 'Let deploys through again after a rollback with --hold.';
  static override examples = ['<%= config.bin %> resume'];
  static override flags = { ...placeFlags, 'lock-timeout': deployFlags['lock-timeout'] };

  async run(): Promise<void> {
    const { flags } = await this.parse(Resume);
    const site = await openSite({ flags, dir: '.', concurrency: 8 });
    try {
      const report = await resume({
        ...site.wire,
        run: runIdentity(process.env, { user: userName(), host: hostname(), message: null }),
        lockTimeoutMs: lockTimeoutMs(flags['lock-timeout']),
        onLockWait: () => {},
      });
      this.print({ exit: 0, json: resumeObject(report), result: [], notes: renderResumed(report) }, flags);
    } finally {
      await site.close();
    }
  }
}
