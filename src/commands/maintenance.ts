import { Args } from '@oclif/core';
import { maintenance } from '../app/maintenance.ts';
import { BaseCommand } from '../base-command.ts';
import { maintenanceObject, renderMaintenance } from '../report/maintenance-report.ts';
import { placeFlags } from '../ui/deploy-flags.ts';
import { openSite } from '../ui/open-site.ts';

export default class Maintenance extends BaseCommand {
  static override summary = 'Close the site to visitors, open it again, or tell whether it is closed.';
  static override examples = ['<%= config.bin %> maintenance on', '<%= config.bin %> maintenance off'];
  static override args = {
    state: Args.string({ options: ['on', 'off'], description: 'what it is to be; without it nothing changes' }),
  };
  static override flags = { ...placeFlags };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Maintenance);
    const site = await openSite({ flags, dir: '.', concurrency: 8 });
    try {
      const { state } = args;
      const view = await maintenance({ ...site.wire, wish: state === 'on' || state === 'off' ? state : 'ask' });
      this.print(
        { exit: 0, json: maintenanceObject(view), result: [view.state], notes: renderMaintenance(view) },
        flags,
      );
    } finally {
      await site.close();
    }
  }
}
