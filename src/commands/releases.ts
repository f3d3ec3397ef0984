import { listReleases } from '../app/list-releases.ts';
import { BaseCommand } from '../base-command.ts';
import { releasesObject, renderReleases } from '../report/releases-report.ts';
import { placeFlags } from '../ui/deploy-flags.ts';
import { openSite } from '../ui/open-site.ts';

export default class Releases extends BaseCommand {
  static override summary = 'List the releases that are kept, newest first.';
  static override examples = ['<%= config.bin %> releases', '<%= config.bin %> releases --json'];
  static override flags = placeFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(Releases);
    const site = await openSite({ flags, dir: '.', concurrency: 8 });
    try {
      const report = await listReleases(site.wire);
      this.print(
        { exit: 0, json: releasesObject(report), result: this.laidOut(renderReleases(report)), notes: [] },
        flags,
      );
    } finally {
      await site.close();
    }
  }
}
