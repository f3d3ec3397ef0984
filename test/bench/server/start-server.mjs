import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./serve-s3.mjs', import.meta.url));

/** The server in a process of its own: its endpoint, `ask(name, given)` for its control, and `close()`. */
export async function startServer() {
  const child = spawn(process.execPath, ['--max-semi-space-size=64', program], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const [line] = await once(child.stdout, 'data');
  const endpoint = `http://127.0.0.1:${JSON.parse(line).port}`;
  return {
    endpoint,
    async ask(name, given = {}) {
      const answer = await fetch(`${endpoint}/_bench/${name}`, { method: 'POST', body: JSON.stringify(given) });
      return answer.json();
    },
    close: () => child.kill(),
  };
}
