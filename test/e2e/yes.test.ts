import { describe, expect, test } from 'vitest';
import { openBench } from '../support/open-bench.ts';
import { smallSite } from '../support/project.ts';
import { textOf } from '../support/read-bucket.ts';
import { put } from './refusals/row.ts';

describe('a yes', () => {
  /** Shows a plan that overwrites a stranger's object; then somebody deploys, and puts these objects. */
  async function askedAgain(strangers: readonly string[]) {
    const bench = await openBench();
    await bench.publish();
    await put(bench.project, 'a.txt', 'theirs');
    bench.project.build({ 'a.txt': 'ours', 'b.txt': 'ours' });
    const asked: (readonly string[])[] = [];
    let stirred = false;
    const result = await bench.deploy({
      async onPlan() {
        if (stirred) return;
        stirred = true;
        await bench.publish({ from: bench.copy({ ...smallSite, 'index.html': 'other' }) });
        for (const key of strangers) await put(bench.project, key, 'theirs');
      },
      async confirm({ plan }) {
        asked.push(plan.changes.flatMap((change) => ('foreign' in change && change.foreign ? [change.asset.key] : [])));
        return asked.length === 1;
      },
    });
    return { result, asked, text: await textOf(bench.project, 'a.txt') };
  }

  test('covers a plan that was made anew and destroys no more', async () => {
    const { result, asked, text } = await askedAgain([]);
    expect(asked).toEqual([['a.txt']]);
    expect(result).toMatchObject({ state: 'live' });
    expect(text).toBe('ours');
  });

  test('does not cover one that destroys more: it is asked for again, and a no leaves all as it is', async () => {
    const { result, asked, text } = await askedAgain(['b.txt']);
    expect(asked).toEqual([['a.txt'], ['a.txt', 'b.txt']]);
    expect(result).toMatchObject({ exit: 3, state: 'unchanged', error: { code: 'E_CONFIRM' } });
    expect(text).toBe('theirs');
  });
});
