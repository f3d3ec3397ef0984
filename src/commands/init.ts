import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { buildCommand } from '../app/build-command.ts';
import { type ConfigFormat, configFormats } from '../app/config-text.ts';
import { planInit, tellReplaced, writeInit } from '../app/init.ts';
import { type InitDefaults, initDefaults } from '../app/init-defaults.ts';
import { BaseCommand } from '../base-command.ts';
import { checkConfig } from '../config/check-config.ts';
import type { ConfigFile } from '../config/schema.ts';
import { CdnpubError } from '../model/cdnpub-error.ts';
import { renderInit } from '../report/init-report.ts';
import { askInit } from '../ui/ask-init.ts';

export default class Init extends BaseCommand {
  static override summary = 'Write a config with the choices for this site.';
  static override description =
    `Recognises the generator, takes over what the configs of Netlify, Vercel, Firebase, Cloudflare and s3deploy say,
and asks at most four questions. Nothing that stands already is replaced without --force.`;
  static override examples = [
    '<%= config.bin %> init',
    '<%= config.bin %> init --yes --site docs --dir dist --region eu-west-1 --github',
  ];
  static override flags = {
    dir: Flags.string({ helpValue: 'DIR', description: 'directory of built files' }),
    region: Flags.string({ helpValue: 'REGION', description: 'region of the bucket' }),
    bucket: Flags.string({ helpValue: 'NAME', description: 'a bucket that exists already, to publish to' }),
    adopt: Flags.boolean({ default: false, description: "the bucket is not cdnpub's own: show how to take it over" }),
    spa: Flags.boolean({ allowNo: true, description: 'one page draws all others' }),
    format: Flags.option({ options: configFormats })({ default: 'json', description: 'how the config is written' }),
    github: Flags.boolean({ default: false, description: 'write a workflow for GitHub Actions too' }),
    force: Flags.boolean({ default: false, description: 'replace a config that stands already' }),
    yes: Flags.boolean({ char: 'y', description: 'take the defaults without asking' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Init);
    const cwd = process.cwd();
    const found = await initDefaults({ cwd, flags, env: process.env });
    const asks = !flags.yes && !flags.json && process.stdin.isTTY && process.stderr.isTTY;
    const answers = asks
      ? await askInit(
          found.answers,
          found.candidates.map(({ dir }) => dir),
        )
      : found.answers;
    const config = configOf({ ...found, answers, bucket: flags.bucket });
    const chosen = found.candidates.find(({ dir }) => dir === answers.dir) ?? found.candidates[0];
    const { framework } = chosen;
    const build = buildCommand(cwd, framework?.command);
    const format: ConfigFormat = flags.format;
    const files = await planInit({ cwd, config, format, workflow: flags.github ? { build } : undefined });
    await writeInit(cwd, files, flags.force ? 'replace' : 'keep');
    const written = files.map(({ path }) => path);
    const notes = [
      ...tellReplaced(files.filter(({ adds }) => !adds)),
      ...renderInit({
        framework: framework?.name,
        isBuilt: chosen.isBuilt,
        otherwise: chosen.otherwise,
        build,
        others: asks || flags.dir !== undefined ? [] : found.candidates.slice(1).map(({ dir }) => dir),
        notes: found.imports.notes,
        written,
        adopts: flags.adopt || flags.bucket !== undefined,
      }),
    ];
    const json = {
      ...{ schema: 1, ok: true, exit: 0, path: resolve(cwd, `cdnpub.config.${format}`), config },
      ...{ framework: framework?.id ?? null, files: written, imported: found.imports.notes },
    };
    this.print({ exit: 0, json, result: [], notes }, flags);
  }
}

/** The config with only what differs from the defaults. Throws `E_CONFIG` for a value that a deploy would refuse. */
function configOf(found: {
  readonly answers: InitDefaults['answers'];
  readonly account: string | undefined;
  readonly imports: { readonly config: ConfigFile };
  readonly bucket: string | undefined;
}): ConfigFile & { readonly dir: string } {
  const { site, dir, region, spa } = found.answers;
  const { dir: _, spa: __, cleanUrls, trailingSlash, ...imported } = found.imports.config;
  const config = {
    ...{ site, dir },
    ...(found.account === undefined ? {} : { account: found.account }),
    region,
    ...(found.bucket === undefined ? {} : { bucket: found.bucket }),
    ...(spa === false ? {} : { spa: spa === 'index.html' ? true : spa }),
    ...(cleanUrls === false ? { cleanUrls } : {}),
    ...(trailingSlash === undefined || trailingSlash === 'auto' ? {} : { trailingSlash }),
    ...imported,
  };
  const checked = checkConfig(config);
  if (checked.kind === 'config') return config;
  const told = checked.problems.map(
    ({ path, message }) => `${path.join('.')} ${JSON.stringify(valueAt(config, path))}: ${message}`,
  );
  const flags = ['site', 'dir', 'region', 'bucket'].filter((name) =>
    checked.problems.some(({ path }) => path[0] === name),
  );
  throw new CdnpubError('E_CONFIG', { message: told.join('\n'), hints: flags.map((name) => `--${name}`) });
}

const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    value,
  );
