// A deploy, or a rollback where a release is given, in a process of its own, for tests that kill or suspend it. Its time is the test's: it is read from a file,
// and a wait asks the test to move it. The options come as JSON in the first argument, the credentials from the
// environment; the result is printed as JSON.
import { openSync, readSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { deploy } from '../../dist/app/deploy.js';
import { rollback } from '../../dist/app/rollback.js';
import { CdnpubError } from '../../dist/model/cdnpub-error.js';
import { deployResult } from '../../dist/report/deploy-result.js';

const { time, flows, ...given } = JSON.parse(process.argv[2] ?? '{}');

const hand = openSync(time, 'r');
const cell = new Float64Array(1);

function now() {
  readSync(hand, cell, 0, 8, 0);
  return cell[0] ?? 0;
}

let asked = 0;
const answers = new Map();
process.on('message', (id) => {
  answers.get(id)?.();
  answers.delete(id);
});

/** Asks the test to move the time; where it flows by itself, waits until it has come. */
async function reach(ms) {
  while (flows && now() < ms) await wait(2);
  if (now() >= ms) return;
  asked += 1;
  const id = asked;
  const moved = new Promise((resolve) => answers.set(id, resolve));
  process.send?.({ id, to: ms });
  await moved;
}

const beats = new Set();
if (flows) setInterval(() => void beatUntil(now()), 5).unref();

async function beatUntil(ms) {
  for (;;) {
    const due = [...beats].filter((beat) => beat.due <= ms).sort((a, b) => a.due - b.due)[0];
    if (due === undefined) return;
    await reach(due.due);
    await due.run();
  }
}

const clock = {
  now,
  monotonic: now,
  async sleep(ms) {
    const end = now() + ms;
    if (!flows) await beatUntil(end);
    await reach(end);
  },
  every(ms, task) {
    let running = Promise.resolve();
    let idle = true;
    const beat = {
      due: now() + ms,
      async run() {
        beat.due = now() + ms;
        if (!idle) return;
        idle = false;
        running = task().finally(() => {
          idle = true;
        });
        // What it does may itself wait.
        await Promise.race([running, wait(50)]);
      },
    };
    beats.add(beat);
    return {
      stop() {
        beats.delete(beat);
        return running;
      },
    };
  },
};

const silent = {
  clock,
  env: process.env,
  local: undefined,
  notify: () => {},
  confirm: async () => true,
  onPlan: async () => {},
  onLockWait: () => {},
  urlOf: (domain) => `http://${domain}/`,
};

try {
  const run = given.release === undefined ? deploy : rollback;
  const result = deployResult(await run({ ...silent, ...given }));
  process.stdout.write(`${JSON.stringify(result)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof CdnpubError ? error.message : error?.stack}\n`);
  process.exitCode = 70;
} finally {
  process.disconnect?.();
}
