import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml, type Yaml, type YamlMap } from './read-yaml.ts';
import { type WorkflowCommand, workflowCommands } from './workflow-commands.ts';

export interface ActionJob {
  /** Text of an action.yml. */
  readonly action: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** The workspace of the job. */
  readonly checkout: string;
  /** The runner's temporary folder, which lives as long as the job. */
  readonly temp: string;
  /** The job's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The token that a runner gives to the job. */
  readonly token?: string;
  /** Cancels the job once it is resolved: the running step is sent SIGINT, as a runner does first. */
  readonly cancel?: Promise<unknown>;
  /** Steps that an earlier run of the same job did and that need not be done again. */
  readonly done?: readonly string[];
}

export interface ActionEnd {
  /** Exit code of the step that failed, else 0. */
  readonly code: number;
  /** What all steps printed, on both streams. */
  readonly output: string;
  readonly commands: readonly WorkflowCommand[];
  readonly outputs: Readonly<Record<string, string>>;
  /** What the steps wrote for the page of the run. */
  readonly summary: string;
  /** Every output that each step wrote, also those that the action does not hand on. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Runs the steps of a composite action as a GitHub runner does, up to the first that fails. */
export async function runAction(job: ActionJob): Promise<ActionEnd> {
  const { inputs: declared, outputs, runs } = readYaml(job.action);
  const { temp, token = '' } = job;
  const nothing: Context = { inputs: {}, temp, token, steps: {} };
  const context: Context = { ...nothing, inputs: inputsOf(map(declared), job.inputs, nothing) };
  let code = 0;
  let output = '';
  let summary = '';
  for (const step of list(map(runs).steps)) {
    if (job.done?.includes(text(map(step).id))) continue;
    const end = await runStep(map(step), context, job);
    context.steps[text(map(step).id)] = end.outputs;
    output += end.output;
    summary += end.summary;
    code = end.code;
    if (code !== 0) break;
  }
  const handed = Object.entries(map(outputs)).map(([name, of]) => [name, evaluate(text(map(of).value), context)]);
  return {
    code,
    output,
    commands: workflowCommands(output),
    outputs: Object.fromEntries(handed),
    ...{ steps: context.steps, summary },
  };
}

interface Context {
  readonly inputs: Readonly<Record<string, string>>;
  readonly temp: string;
  readonly token: string;
  readonly steps: Record<string, Readonly<Record<string, string>>>;
}

function inputsOf(
  declared: YamlMap,
  given: Readonly<Record<string, string>>,
  context: Context,
): Readonly<Record<string, string>> {
  const unknown = Object.keys(given).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new Error(`the action has no input ${unknown.join(', ')}`);
  const defaults = Object.entries(declared).map(([name, input]) => [
    name,
    evaluate(text(map(input).default ?? ''), context),
  ]);
  return { ...Object.fromEntries(defaults), ...given };
}

async function runStep(step: YamlMap, context: Context, job: ActionJob) {
  if (step.shell !== 'bash') throw new Error('only bash is known');
  const folder = mkdtempSync(join(job.temp, 'step-'));
  const [script, outputFile, summaryFile] = ['script.sh', 'output', 'summary'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  // Expressions are put into the text of the script before any shell sees it: the way in for an injection.
  writeFileSync(script, evaluate(text(step.run), context));
  writeFileSync(outputFile, '');
  writeFileSync(summaryFile, '');
  const own = Object.entries(map(step.env ?? {})).map(([name, value]) => [name, evaluate(text(value), context)]);
  const env = {
    ...job.env,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: job.checkout,
    GITHUB_OUTPUT: outputFile,
    GITHUB_STEP_SUMMARY: summaryFile,
    RUNNER_TEMP: job.temp,
    ...Object.fromEntries(own),
  };
  const argv = ['--noprofile', '--norc', '-e', '-o', 'pipefail', script];
  const end = await runBash(argv, { cwd: job.checkout, env, cancel: job.cancel });
  return {
    ...end,
    outputs: outputsOf(readFileSync(outputFile, 'utf8')),
    summary: readFileSync(summaryFile, 'utf8'),
  };
}

/** Replaces `${{ … }}`; throws where it holds anything but the name of a value. */
function evaluate(template: string, { inputs, temp, token, steps }: Context): string {
  return template.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const [scope, name = '', outputs, output = ''] = expression.trim().split('.');
    const value =
      scope === 'inputs' && outputs === undefined
        ? inputs[name]
        : scope === 'runner' && name === 'temp'
          ? temp
          : scope === 'github' && name === 'token'
            ? token
            : scope === 'steps' && outputs === 'outputs'
              ? (steps[name]?.[output] ?? '')
              : undefined;
    if (value === undefined) throw new Error(`an expression that cannot be read: ${expression}`);
    return value;
  });
}

/** `name=value` lines, and `name<<END` blocks. */
function outputsOf(file: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const lines = file.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const [, block, end] = /^([^=<]+)<<(.+)$/.exec(line) ?? [];
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(line) ?? [];
    if (block !== undefined && end !== undefined) {
      const last = lines.indexOf(end, at);
      found[block] = lines.slice(at + 1, last).join('\n');
      at = last;
    } else if (name !== undefined && value !== undefined) found[name] = value;
    else throw new Error(`an output that a runner does not take: ${line}`);
  }
  return found;
}

const runBash = (
  argv: readonly string[],
  {
    cancel,
    ...options
  }: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly cancel: Promise<unknown> | undefined;
  },
): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve) => {
    const child = execFile('/bin/bash', argv, options, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : (child.exitCode ?? 1), output: `${stdout}\n${stderr}` }),
    );
    void cancel?.then(() => child.kill('SIGINT'));
  });

function map(value: Yaml | undefined): YamlMap {
  if (typeof value !== 'object' || Array.isArray(value)) throw new Error('the action has no map here');
  return value as YamlMap;
}

function list(value: Yaml | undefined): readonly Yaml[] {
  if (!Array.isArray(value)) throw new Error('the action has no list here');
  return value;
}

function text(value: Yaml | undefined): string {
  if (typeof value !== 'string') throw new Error('the action has no text here');
  return value;
}
