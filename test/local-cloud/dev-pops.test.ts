import { expect, test } from 'vitest';
import { fetchEdge } from '../support/fetch-edge.ts';
import { runCdnpub, startCdnpub } from '../support/run-cdnpub.ts';
import { plainEnv } from '../support/start-cloud.ts';
import { tempDir } from '../support/temp-dir.ts';

test('dev --pops gives the local CloudFront so many points of presence', async () => {
  const cwd = tempDir({ 'dist/index.html': '<!doctype html><p>home' });
  const ports = ['--port', '0', '--cloud-port', '0'];
  const running = startCdnpub(['dev', 'dist', '--json', '--no-watch', '--pops', '2', ...ports], {
    cwd,
    env: plainEnv(cwd),
  });
  try {
    while (running.lines().length < 2 && running.child.exitCode === null) await new Promise(setImmediate);
    const [ready, deployed] = running.lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(deployed).toMatchObject({ event: 'deployed', ok: true });
    const { url, endpoint } = ready as { url: string; endpoint: string };
    const visit = (pop: string) => fetchEdge(new URL(url).host, '/', { headers: { 'x-cdnpub-pop': pop } });
    // The last point of presence hears of the distribution when it is Deployed.
    for (const pop of ['0', '1']) await expect.poll(async () => (await visit(pop)).text).toContain('home');
    expect((await visit('2')).status).toBe(400);
    const inspected = await fetchEdge(new URL(endpoint).host, '/_cdnpub/edge');
    const { caches } = JSON.parse(inspected.text) as { caches: { place: unknown; entries: unknown[] }[] };
    expect(caches.map(({ place, entries }) => [place, entries.length > 0])).toEqual([
      [0, true],
      [1, true],
      ['region', true],
    ]);
  } finally {
    running.child.kill('SIGINT');
    await running.end;
  }
});

test.each(['0', '17', 'many'])('dev --pops %s is refused', async (pops) => {
  const cwd = tempDir({ 'dist/index.html': 'x' });
  const { code, stderr } = await runCdnpub(['dev', 'dist', '--pops', pops], { cwd, env: plainEnv(cwd) });
  expect(code).toBe(2);
  expect(stderr).toContain('pops');
});
