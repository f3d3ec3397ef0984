import { Args, Flags } from '@oclif/core';
import { unlock } from '../app/unlock.ts';
import { BaseCommand } from '../base-command.ts';
import { holderLine, renderUnlocked, unlockObject } from '../report/unlock-report.ts';
import { askYes } from '../ui/ask-yes.ts';
import { placeFlags } from '../ui/deploy-flags.ts';
import { openSite } from '../ui/open-site.ts';

export default class Unlock extends BaseCommand {
  static override summary = 'Take away the lock of a deploy that is surely dead.';
  static override description =
    `The id stands in the message of the deploy that was refused. A lock whose holder died runs out by itself within
three minutes; a holder that still lives ends with an error when its lock is gone.`;
  static override examples = ['<%= config.bin %> unlock L-1a2b3c'];
  static override args = { id: Args.string({ name: 'ID', required: true, description: 'id of the lock' }) };
  static override flags = {
    ...placeFlags,
    yes: Flags.boolean({ char: 'y', description: 'take it away without asking' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Unlock);
    const site = await openSite({ flags, dir: '.', concurrency: 8 });
    const asks = !flags.json && process.stdin.isTTY && process.stderr.isTTY;
    try {
      const report = await unlock({
        ...site.wire,
        id: args.id,
        confirm: async (seen) => flags.yes || (asks && (await askYes(`${holderLine(seen)}. Take its lock away?`))),
      });
      this.print({ exit: 0, json: unlockObject(report), result: [], notes: renderUnlocked(report) }, flags);
    } finally {
      await site.close();
    }
  }
}
