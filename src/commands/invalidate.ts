import { Args, Flags } from '@oclif/core';
import { invalidate } from '../app/invalidate.ts';
import { BaseCommand } from '../base-command.ts';
import { count, row } from '../report/format.ts';
import { placeFlags } from '../ui/deploy-flags.ts';
import { durationMs } from '../ui/open-deploy.ts';
import { openSite } from '../ui/open-site.ts';

export default class Invalidate extends BaseCommand {
  static override summary = 'Make edges forget paths.';
  static override description =
    'A path is an address (/docs/), a file (/logo.svg) or a prefix that ends in "*". A deploy does this by itself.';
  static override examples = ["<%= config.bin %> invalidate '/docs/*'", '<%= config.bin %> invalidate / /about/'];
  static override strict = false;
  static override args = { path: Args.string({ name: 'PATH', required: true, description: 'paths to forget' }) };
  static override flags = {
    ...placeFlags,
    wait: Flags.boolean({ allowNo: true, description: 'wait until edges have forgotten them (default)' }),
    'wait-timeout': Flags.string({ helpValue: '15m', description: 'longest wait', default: '15m' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Invalidate);
    const waitTimeoutMs = durationMs('--wait-timeout', flags['wait-timeout']);
    const site = await openSite({ flags, dir: '.', concurrency: 8 });
    try {
      const report = await invalidate({ ...site.wire, paths: argv.map(String), waitTimeoutMs });
      const state = report.completed ? 'done' : 'in progress';
      const notes = [
        row('Invalidated', `${count(report.items.length, 'path')} · ${report.id} · ${state}`),
        ...report.items.map((item) => `    ${item}`),
      ];
      this.print({ exit: 0, json: { schema: 1, ok: true, exit: 0, ...report }, result: [], notes }, flags);
    } finally {
      await site.close();
    }
  }
}
