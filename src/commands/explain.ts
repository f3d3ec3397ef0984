import { Args } from '@oclif/core';
import { openExplainer } from '../app/explain/open-explainer.ts';
import { BaseCommand } from '../base-command.ts';
import { explainObject, renderExplanation } from '../report/explain-report.ts';
import { row } from '../report/format.ts';
import { placeFlags } from '../ui/deploy-flags.ts';
import { explainFlags, viewerOf } from '../ui/explain-flags.ts';
import { openSite } from '../ui/open-site.ts';

export default class Explain extends BaseCommand {
  static override summary = 'Tell what the site does with a request, and why.';
  static override description =
    'With a directory it is the build that is explained, as it would be published, and nobody is asked for anything; without, what is live.';
  static override examples = [
    '<%= config.bin %> explain /docs dist/',
    '<%= config.bin %> explain https://example.com/old?a=1',
    "<%= config.bin %> explain / dist/ --country CH --header 'Accept-Language: fr'",
  ];
  static override args = {
    url: Args.string({ name: 'URL', required: true, description: 'an address, or a path' }),
    dir: Args.string({ name: 'DIR', description: 'directory of built files' }),
  };
  static override flags = { ...placeFlags, ...explainFlags };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    const { url: target, dir } = args;
    const viewer = viewerOf(flags);
    // A build is explained without a cloud, local or not.
    const local = flags.local && dir === undefined;
    const site = await openSite({ flags: { ...flags, local }, dir: dir ?? '.', concurrency: 8 });
    try {
      const of =
        dir === undefined ? { kind: 'live' as const, wire: site.wire } : { kind: 'build' as const, ...site.wire };
      const report = (await openExplainer({ viewer, of }))(target);
      const notes = [
        ...(report.release === null ? [] : [row('Release', report.release, 'live')]),
        ...report.warnings.map((warning) => `  ! ${warning}`),
      ];
      this.print(
        { exit: 0, json: explainObject(report), result: this.laidOut(renderExplanation(report)), notes },
        flags,
      );
    } finally {
      await site.close();
    }
  }
}
