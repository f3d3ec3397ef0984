import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/model/error-code.ts';
import type { FaultRule } from '../support/faults.ts';
import { openProject } from '../support/project.ts';
import { startCloud, type TestCloud } from '../support/start-cloud.ts';
import { stopped } from './refusals/stopped-rows.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
afterAll(() => cloud.close());
afterEach(async () => void (await cloud.clearFaults()));

const whileAnnouncing: readonly FaultRule[] = [
  { match: { op: 'PutObject', key: '.cdnpub/channels/live/announcements/*' }, times: 1, do: { hold: true } },
];

test.each(stopped.map((row) => [row.name, row.code, row] as const))('%s: %s', async (_name, _code, row) => {
  const { change, faults = [], meanwhile, args = [], code, message } = row;
  const project = openProject(cloud);
  if (change !== undefined) await project.publish();
  change?.(project);
  await cloud.setFaults(meanwhile === undefined ? faults : whileAnnouncing);
  const deploying = project.deploy(['--yes', ...args]);
  if (meanwhile !== undefined) {
    await cloud.untilStruck();
    await meanwhile(project);
  }
  if (meanwhile !== undefined) await cloud.clearFaults();
  const result = await deploying;
  await cloud.clearFaults();
  expect(result).toMatchObject({ ok: false, exit: exitCodeOf[code], state: 'partial', changed: true });
  expect(result.error).toMatchObject({ code, message: expect.stringMatching(message) });
  if (meanwhile !== undefined) project.build({ 'about/index.html': 'whole again' });
  await project.publish();
  expect(await project.deploy()).toMatchObject({ ok: true, state: 'unchanged', changed: false });
});
