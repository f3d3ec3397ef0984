import { status } from '../app/status.ts';
import { BaseCommand } from '../base-command.ts';
import { renderStatus, statusObject } from '../report/status-report.ts';
import { placeFlags } from '../ui/deploy-flags.ts';
import { openSite } from '../ui/open-site.ts';

export default class Status extends BaseCommand {
  static override summary = 'Show what is live, and what was changed outside cdnpub.';
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status --json'];
  static override flags = placeFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Status);
    const site = await openSite({ flags, dir: '.', concurrency: 64 });
    try {
      const report = await status({ ...site.wire, urlOf: site.urlOf });
      this.print({ exit: 0, json: statusObject(report), result: renderStatus(report), notes: [] }, flags);
    } finally {
      await site.close();
    }
  }
}
