import { startFaultProxy, type Treatment } from '../support/fault-proxy.ts';
import { s3Client } from '../support/s3-client.ts';
import { crawlBucket, crawlPage } from './crawl.ts';
import { listTexts } from './list-texts.ts';
import type { World } from './open-world.ts';
import type { Random } from './random.ts';
import type { Build } from './render-site.ts';
import { count } from './tally.ts';

/** Visitors who load pages between every two requests of the deploys that go through `endpoint`, and while they wait. */
export interface Watch {
  readonly endpoint: string;
  /** What they found wrong. */
  readonly broken: readonly string[];
  /** Pages that were loaded. */
  pages(): number;
  /** Tells which builds may be visible from now on. */
  expect(builds: readonly Build[]): void;
  /** What becomes of the next requests: kills, say. Asked before each, with its number since this was set. */
  strike(decide: ((index: number) => Treatment | Promise<Treatment>) | undefined): void;
  close(): Promise<void>;
}

interface WatchOptions {
  readonly domain: string;
  readonly random: Random;
  /** Pages loaded at each moment. */
  readonly pagesAtOnce: number;
}

/**
 * Begins to watch. Requests are sent on one at a time, so that nothing happens while visitors load a page: what they
 * find is what is there at one moment.
 */
export async function watchSite(world: World, { domain, random, pagesAtOnce }: WatchOptions): Promise<Watch> {
  const client = s3Client(world);
  const broken: string[] = [];
  let builds: readonly Build[] = [];
  let pages = 0;
  let strike: ((index: number) => Treatment | Promise<Treatment>) | undefined;
  let struckFrom = 0;
  let turn = Promise.resolve();
  let stored: ReadonlyMap<string, string | undefined> | undefined;
  const add = (found: readonly string[]) => {
    count('broken references', found.length);
    broken.push(...found);
  };
  const lookAround = async () => {
    stored = await listTexts(client, world.bucket, builds);
    add(crawlBucket({ domain, builds, stored }));
    return stored;
  };
  const look = async () => {
    const sight = { domain, builds, stored: stored ?? (await lookAround()) };
    const keys = [...new Set(builds.flatMap(({ files }) => Object.keys(files)))].filter((key) => key.endsWith('.html'));
    for (let page = 0; page < pagesAtOnce && keys.length > 0; page++) {
      const at = { pop: random.pick(world.pops), key: random.pick(keys) };
      if (at.key === '404.html') continue;
      pages += 1;
      count('pages');
      add(await crawlPage(world, sight, at));
    }
  };
  /** One at a time, whoever asks. */
  const alone = <T>(task: () => Promise<T>): Promise<T> => {
    const done = turn.then(task);
    turn = done.then(
      () => {},
      () => {},
    );
    return done;
  };
  let free = () => {};
  const proxy = await startFaultProxy({
    target: world.cloud.endpoint,
    // The turn is held from here until the service has answered.
    decide: (request) =>
      new Promise((resolve, reject) => {
        void alone(async () => {
          if (stored === undefined) await look();
          const treatment = (await strike?.(request.index - struckFrom)) ?? { kind: 'pass' };
          const reaches = treatment.kind === 'pass' || (treatment.kind === 'cut' && treatment.when === 'after');
          const answered = new Promise<void>((done) => {
            free = done;
          });
          resolve(treatment);
          if (reaches) await answered;
          if (request.method !== 'GET' && request.method !== 'HEAD') stored = undefined;
        }).catch(reject);
      }),
    answered: async () => free(),
  });
  world.time.onStep(() => alone(look));
  return {
    ...{ endpoint: proxy.endpoint, broken },
    pages: () => pages,
    expect(next) {
      builds = next;
      stored = undefined;
    },
    strike(next) {
      strike = next;
      struckFrom = proxy.count();
    },
    async close() {
      world.time.onStep(undefined);
      await proxy.close();
      client.destroy();
    },
  };
}
