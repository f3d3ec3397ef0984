import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const left = new Set('AWS_PROFILE AWS_CA_BUNDLE HTTP_PROXY HTTPS_PROXY http_proxy https_proxy'.split(' '));

/**
 * Runs one command by GNU time: `{ wall, cpu }` in seconds (user and system, children too), `rssMb` of its largest
 * process, its exit code and the end of what it said.
 */
export async function measureCommand({ command, args, cwd, env = {} }, { endpoint, work, timeoutSeconds }) {
  const told = join(work, 'time.txt');
  const own = Object.entries(process.env).filter(([name]) => !left.has(name));
  const timing = ['-f', '%e %U %S %M %x', '-o', told, 'timeout', String(timeoutSeconds)];
  const child = spawn('/usr/bin/time', [...timing, command, ...args], {
    cwd: cwd ?? work,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...Object.fromEntries(own), ...credentials, AWS_ENDPOINT_URL: endpoint, ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-1500);
    });
  await once(child, 'close');
  const last = readFileSync(told, 'utf8').trim().split('\n').pop() ?? '';
  const [wall, user, system, kilobytes, code] = last.split(' ').map(Number);
  return { wall, cpu: round(user + system), rssMb: Math.round((kilobytes * 1024) / 1e6), code, said };
}

const round = (seconds) => Math.round(seconds * 100) / 100;

const credentials = {
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  CI: 'true',
  NO_COLOR: '1',
};
