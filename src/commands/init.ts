import { relative, resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { guessDir, type InitChoices, refuseExisting, writeConfig } from '../app/init.ts';
import { BaseCommand } from '../base-command.ts';
import { detectSite } from '../config/detect.ts';
import { loadConfig } from '../config/load.ts';
import { rules } from '../config/rules.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { row } from '../report/format.ts';
import { askInit } from '../ui/ask-init.ts';

export default class Init extends BaseCommand {
  static override summary = 'Write a cdnpub.config.json with the choices for this site.';
  static override examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init --yes --site docs --dir dist --region eu-west-1',
  ];
  static override flags = {
    dir: Flags.string({ helpValue: 'DIR', description: 'directory of built files' }),
    region: Flags.string({ helpValue: 'REGION', description: 'region of the bucket' }),
    yes: Flags.boolean({ char: 'y', description: 'take the defaults without asking' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Init);
    const cwd = process.cwd();
    refuseExisting((await loadConfig({ cwd, dir: cwd, file: flags.config }))?.path);
    const dir = flags.dir ?? guessDir(cwd);
    const defaults = {
      site: flags.site ?? detectSite(resolve(cwd, dir)).site,
      dir,
      region: flags.region ?? process.env.AWS_REGION ?? 'us-east-1',
    };
    const asks = !flags.yes && !flags.json && process.stdin.isTTY && process.stderr.isTTY;
    const choices = checked(asks ? await askInit(defaults) : defaults);
    const path = await writeConfig(cwd, choices);
    const notes = [
      row('Wrote', relative(cwd, path)),
      row('Next', 'cdnpub deploy --dry-run', 'shows what a deploy would do'),
    ];
    this.print({ exit: 0, json: { schema: 1, ok: true, exit: 0, path, config: choices }, result: [], notes }, flags);
  }
}

function checked(choices: InitChoices): InitChoices {
  for (const key of ['site', 'dir', 'region'] as const) {
    const problem = rules[key](choices[key]);
    if (problem === undefined) continue;
    throw new CdnpubError('E_CONFIG', {
      message: `${key} ${JSON.stringify(choices[key])}: ${problem}`,
      hints: [`--${key}`],
    });
  }
  return choices;
}
