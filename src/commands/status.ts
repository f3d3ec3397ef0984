import { Flags } from '@oclif/core';
import { status } from '../app/status.ts';
import { BaseCommand } from '../base-command.ts';
import { hasDrift, renderStatus, statusObject } from '../report/status-report.ts';
import { placeFlags } from '../ui/deploy-flags.ts';
import { openSite } from '../ui/open-site.ts';

export default class Status extends BaseCommand {
  static override summary = 'Show what is live, and what was changed outside cdnpub.';
  static override examples = [
    '<%= config.bin %> status',
    '<%= config.bin %> status --json',
    '<%= config.bin %> status --verify --exit-code',
  ];
  static override flags = {
    ...placeFlags,
    verify: Flags.boolean({ default: false, description: 'ask every object for its headers and its checksum' }),
    'exit-code': Flags.boolean({ default: false, description: 'end with 1 when anything is not as it was published' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Status);
    const site = await openSite({ flags, dir: '.', concurrency: 64 });
    try {
      const report = await status({ ...site.wire, urlOf: site.urlOf, verify: flags.verify });
      const exit = flags['exit-code'] && hasDrift(report) ? 1 : 0;
      this.print(
        { exit, json: statusObject(report, exit), result: this.laidOut(renderStatus(report)), notes: [] },
        flags,
      );
    } finally {
      await site.close();
    }
  }
}
