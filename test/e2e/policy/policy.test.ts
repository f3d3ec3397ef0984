import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProject, type Project } from '../../support/project.ts';
import { startCloud, type TestCloud } from '../../support/start-cloud.ts';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startCloud();
});
beforeEach(() => cloud.cloud.usePolicy(undefined));
afterAll(() => cloud.close());

const print = async (project: Project, args: readonly string[]): Promise<string> => {
  const end = await project.run(['policy', ...args]);
  expect(end.code, end.stderr).toBe(0);
  return end.stdout;
};

test('a site is set up by one role, and kept by the other', async () => {
  const project = openProject(cloud);
  cloud.cloud.usePolicy(await print(project, ['--role', 'setup']));
  const { distribution } = await project.publish();
  const deployRole = await print(project, ['--role', 'deploy']);
  expect(deployRole).toContain(`distribution/${distribution?.id}"`);
  cloud.cloud.usePolicy(deployRole);
  const { next } = await cloud.requests();
  project.build({ 'index.html': 'changed' });
  expect(await project.deploy()).toMatchObject({ ok: true, state: 'live', warnings: [] });
  for (const args of [['releases'], ['status', '--verify'], ['invalidate', '/*'], ['rollback', '--hold'], ['resume']]) {
    const end = await project.run(args);
    expect(end.code, end.stderr).toBe(0);
  }
  const { requests } = await cloud.requests(next);
  expect(requests.filter(({ status }) => status === 403)).toEqual([]);
});

test('what needs a yes needs the set-up role, and is told with what to type', async () => {
  const project = openProject(cloud);
  cloud.cloud.usePolicy(await print(project, ['--role', 'deploy']));
  const { error } = await project.deploy(['--yes']);
  expect(error).toMatchObject({ code: 'E_PERMISSION', details: { principal: expect.stringContaining(':user/') } });
  expect(error?.hints.join()).toContain('cdnpub policy');
});

describe('what is printed', () => {
  test('all of them by name, and nothing else on standard output', async () => {
    const project = openProject(cloud);
    const all = JSON.parse(await print(project, ['--oidc', 'octocat/docs'])) as object;
    expect(Object.keys(all)).toEqual(['setup', 'deploy', 'trust']);
    expect(Object.keys(JSON.parse(await print(project, [])) as object)).toEqual(['setup', 'deploy']);
  });

  test('one object with --json', async () => {
    const project = openProject(cloud);
    const end = await project.run(['policy', '--json', '--oidc', 'octocat/docs']);
    expect(end.json()).toMatchObject({
      ...{ schema: 1, ok: true, exit: 0, account: '111122223333', bucket: project.bucket, distribution: null },
      policies: { setup: {}, deploy: {}, trust: {} },
      warnings: [],
    });
  });

  test('without credentials, where the config says account and region', async () => {
    const project = openProject(cloud);
    const config = { account: '444455556666', region: 'eu-west-1' };
    writeFileSync(join(project.cwd, 'cdnpub.config.json'), JSON.stringify(config));
    const env = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined } as never;
    const end = await project.run(['policy', '--role', 'deploy'], { env });
    expect(end.code, end.stderr).toBe(0);
    expect(end.stdout).toContain(`arn:aws:s3:::${project.site}-444455556666-eu-west-1-an/*`);
    expect(end.stderr).toContain('patterns stand for its ids');
  });

  test.each([
    [['--role', 'trust'], 'E_USAGE', '--oidc'],
    [['--oidc', 'octocat'], 'E_USAGE', 'OWNER/REPO'],
  ])('%j is refused', async (args, code, hint) => {
    const end = await openProject(cloud).run(['policy', '--json', ...args]);
    expect(end.code).toBe(2);
    expect(end.json()).toMatchObject({ ok: false, error: { code } });
    expect(end.stdout).toContain(hint);
  });
});

describe('dev --policy', () => {
  test('holds the printed key to a policy', async () => {
    const project = openProject(cloud);
    const policy = join(project.cwd, 'deploy.json');
    writeFileSync(policy, await print(project, ['--role', 'deploy']));
    const args = ['dev', 'dist', '--once', '--json', '--port', '0', '--cloud-port', '0'];
    const end = await project.run([...args, '--policy', policy]);
    expect(end.code).toBe(4);
    expect(end.stdout).toContain('E_PERMISSION');
  });

  test.each([
    ['nowhere.json', undefined],
    ['broken.json', '{ "Statement": [] }'],
  ])('%s is refused', async (name, text) => {
    const project = openProject(cloud);
    if (text !== undefined) writeFileSync(join(project.cwd, name), text);
    const end = await project.run(['dev', 'dist', '--once', '--port', '0', '--cloud-port', '0', '--policy', name]);
    expect(end.code).toBe(2);
    expect(end.stderr).toContain('cdnpub policy --local --role deploy');
  });
});
