import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/model/error-code.ts';
import type { ErrorObject } from '../../src/report/deploy-result.ts';
import { openProject, smallSite } from '../support/project.ts';
import { writesOf } from '../support/request-log.ts';
import type { CliEnd } from '../support/run-cdnpub.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { configs, directories, rules, usage } from './refusals/local-rows.ts';
import { credentials, places, services, states } from './refusals/remote-rows.ts';
import type { Row } from './refusals/row.ts';
import { stopped } from './refusals/stopped-rows.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());
afterEach(async () => void (await cloud.clearFaults()));

const rows: readonly Row[] = [
  ...directories,
  ...configs,
  ...rules,
  ...usage,
  ...credentials,
  ...places,
  ...states,
  ...services,
];

describe.each([
  ['directories', directories],
  ['rules', rules],
  ['configs', configs],
  ['usage', usage],
  ['credentials', credentials],
  ['places', places],
  ['states', states],
  ['services', services],
] as const)('%s', (_, group) => {
  test.each(titled(group))('%s: %s', async (_name, _code, row) => {
    const { plain, json, writes } = await refuse(row);
    const exit = exitCodeOf[row.code];
    expect(plain).toMatchObject({ code: exit, stdout: '' });
    expect(plain.stderr).toContain(`(${row.code})`);
    expect(plain.stderr).not.toMatch(/^\s+at /m);
    const { error, ...result } = json.json<{ readonly error: ErrorObject }>();
    expect(result).toMatchObject({ schema: 1, ok: false, exit });
    expect({ ...error, code: json.code }).toMatchObject({ code: exit, message: expect.stringMatching(row.message) });
    expect(error.code).toBe(row.code);
    if (row.hint !== undefined) expect(error.hints.join('\n')).toMatch(row.hint);
    // On GitHub's runners an annotation tells it as well.
    expect(json.stderr.replace(/^::error.*\n/, '')).toBe('');
    expect(writes.filter(({ status }) => status < 400).map(({ op, key }) => `${op} ${key}`)).toEqual([]);
  });
});

test('every code that can be raised has a row', () => {
  const raised = new Set(
    sources(fileURLToPath(new URL('../../src', import.meta.url)))
      .filter((path) => !/local-cloud|error-code\.ts$/.test(path))
      .flatMap((path) => readFileSync(path, 'utf8').match(/'E_[A-Z_]+'/g) ?? [])
      .map((quoted) => quoted.slice(1, -1)),
  );
  const told = new Set<string>([...rows, ...stopped].map(({ code }) => code));
  // A bug has no row; every missing permission has one in a table of its own; throttling is borne for two minutes.
  const elsewhere = ['E_BUG', 'E_PERMISSION', 'E_THROTTLED'];
  expect([...raised].filter((code) => !told.has(code) && !elsewhere.includes(code))).toEqual([]);
});

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));

const titled = <T extends Pick<Row, 'name' | 'code'>>(table: readonly T[]) =>
  table.map((row) => [row.name, row.code, row] as const);

async function refuse(row: Row) {
  const project = openProject(cloud, row.files ?? smallSite, row.beside);
  await row.before?.(project);
  const env = { ...row.env, ...(await row.lateEnv?.(cloud)) };
  if (row.faults !== undefined) await cloud.setFaults(row.faults);
  const { next } = await cloud.requests();
  const args = row.args ?? ['deploy', 'dist'];
  const start = { cwd: project.cwd, env };
  const run = (more: readonly string[]): Promise<CliEnd> =>
    row.named === false ? cloud.run([...args, ...more], start) : project.run([...args, ...more], start);
  const [plain, json] = await Promise.all([run([]), run(['--json'])]);
  const { requests } = await cloud.requests(next);
  return { plain, json, writes: writesOf(requests) };
}
