import { Args } from '@oclif/core';
import { showRelease } from '../../app/show-release.ts';
import { BaseCommand } from '../../base-command.ts';
import { releaseObject, renderRelease } from '../../report/release-report.ts';
import { placeFlags } from '../../ui/deploy-flags.ts';
import { openSite } from '../../ui/open-site.ts';

export default class ReleasesShow extends BaseCommand {
  static override summary = 'Show the files of a release, and how it differs from the live one.';
  static override examples = ['<%= config.bin %> releases show r-20261122-101500-3f9a1c'];
  static override args = { id: Args.string({ name: 'ID', required: true, description: 'id of the release' }) };
  static override flags = placeFlags;

  async run(): Promise<void> {
    const { args, flags } = await this.parse(ReleasesShow);
    const site = await openSite({ flags, dir: '.', concurrency: 8 });
    try {
      const report = await showRelease(site.wire, args.id);
      this.print(
        { exit: 0, json: releaseObject(report), result: this.laidOut(renderRelease(report, flags)), notes: [] },
        flags,
      );
    } finally {
      await site.close();
    }
  }
}
