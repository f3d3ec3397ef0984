import { describe, expect, test } from 'vitest';
import { listReleases } from '../../../src/app/list-releases.ts';
import { resume } from '../../../src/app/resume.ts';
import { showRelease } from '../../../src/app/show-release.ts';
import { status } from '../../../src/app/status.ts';
import { unlock } from '../../../src/app/unlock.ts';
import { CdnpubError } from '../../../src/model/cdnpub-error.ts';
import { permissions } from '../../../src/plan/policy/permissions.ts';
import type { World } from '../../chaos/open-world.ts';
import { writesOf } from '../../support/request-log.ts';
import { journeys, openJourney, wireOf } from './journeys.ts';

// Each call that a command makes is denied once: the command says which permission is missing, and how the site stands.

interface Ended {
  readonly code: string | undefined;
  readonly message: string;
  /** None of a command that publishes nothing. */
  readonly state: string | undefined;
}

interface Command {
  readonly journey: keyof typeof journeys;
  readonly run: (world: World) => Promise<Ended>;
  /** Calls without which it gets through. */
  readonly needless?: Readonly<Record<string, string>>;
}

const well: Ended = { code: undefined, message: '', state: undefined };

const locking = {
  run: { user: 'ann', host: 'desk', message: null, ci: null },
  ...{ lockTimeoutMs: 0, onLockWait: () => {} },
} as const;

/** How a command that throws what went wrong ended. */
const endOf = (work: Promise<unknown>): Promise<Ended> =>
  work.then(
    () => well,
    (error: unknown) => {
      if (error instanceof CdnpubError) return { ...well, code: error.code, message: error.message };
      throw error;
    },
  );

/** Back to the release before the live one. */
async function rollback(world: World): Promise<Ended> {
  const { error, state } = await world.rollback(undefined, { settings: wireOf(world, {}).settings, hold: true });
  return { code: error?.code, message: error?.message ?? '', state };
}

const commands: Readonly<Record<string, Command>> = {
  rollback: { journey: 'rollback', run: rollback },
  resume: {
    journey: 'rollback',
    run: (world) => endOf(resume({ ...wireOf(world, {}), ...locking })),
    needless: { 's3 DeleteObjects': 'its lock runs out by itself' },
  },
  releases: { journey: 'releases', run: (world) => endOf(listReleases(wireOf(world, {}))) },
  'releases show': {
    journey: 'releases',
    run: (world) =>
      endOf(
        listReleases(wireOf(world, {})).then(({ releases }) => showRelease(wireOf(world, {}), releases[0]?.id ?? '')),
      ),
  },
  'status --verify': {
    journey: 'status --verify',
    run: (world) => endOf(status({ ...wireOf(world, {}), verify: true, urlOf: (domain) => domain })),
  },
  unlock: {
    journey: 'unlock',
    run: (world) => endOf(unlock({ ...wireOf(world, {}), id: 'L-dead', confirm: async () => true })),
  },
};

const open = async ({ journey, run }: Command): Promise<World> => {
  const world = await openJourney(journeys[journey], {});
  // What there is to resume.
  if (run === commands.resume?.run) await rollback(world);
  return world;
};

const undeniable = 'sts GetCallerIdentity';

/** What a command calls in peace. */
async function callsOf(command: Command): Promise<readonly string[]> {
  const world = await open(command);
  try {
    const { next } = await world.requests();
    expect(await command.run(world)).toMatchObject({ code: undefined });
    const { requests } = await world.requests(next);
    return [...new Set(requests.map(({ service, op }) => `${service} ${op}`))].filter((name) => name !== undeniable);
  } finally {
    await world.close();
  }
}

describe.each(Object.entries(commands))('%s', async (_, command) => {
  const calls = await callsOf(command);

  test.each(calls)('without %s', async (call) => {
    const [service = '', op = ''] = call.split(' ');
    const world = await open(command);
    try {
      const { next } = await world.requests();
      await world.faults.setFaults([
        { match: { service, op, caller: 'account' }, do: { status: 403, code: 'AccessDenied' } },
      ]);
      const { code, message, state } = await command.run(world);
      await world.faults.clearFaults();
      if (command.needless?.[call] !== undefined) return expect(code).toBeUndefined();
      expect(code).toBe('E_PERMISSION');
      const actions = permissions.filter(({ operation }) => operation === call).map(({ action }) => action);
      expect(actions.filter((action) => message.includes(action))).not.toEqual([]);
      if (state === undefined) return;
      const { requests } = await world.requests(next);
      const written = writesOf(requests).filter(({ status, key = '' }) => status < 300 && !key.endsWith('lock.json'));
      expect(state).toBe(written.length === 0 ? 'unchanged' : 'partial');
    } finally {
      await world.close();
    }
  });
});
