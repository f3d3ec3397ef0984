import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runCdnpub } from '../support/run-cdnpub.ts';
import { plainEnv } from '../support/start-cloud.ts';
import { tempDir } from '../support/temp-dir.ts';

test('a bad directory ends the program, though AWS has not answered and never will', async () => {
  const env = {
    ...plainEnv(tempDir()),
    AWS_ENDPOINT_URL: await muteEndpoint(),
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-west-1',
  };
  const end = await runCdnpub(['deploy', 'no-such-folder', '--site', 'docs', '--json'], { cwd: tempDir(), env });
  expect(end).toMatchObject({ code: 2, signal: null });
  expect(end.json()).toMatchObject({ error: { code: 'E_DIR' } });
});

/** Takes every connection and says nothing. */
async function muteEndpoint(): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
