import { readFileSync } from 'node:fs';
import fastGlob from 'fast-glob';
import { afterEach, describe, expect, test } from 'vitest';
import { policy } from '../../../src/app/policy.ts';
import type { Settings } from '../../../src/model/settings.ts';
import { permissions, type Role } from '../../../src/plan/policy/permissions.ts';
import type { IamPolicy } from '../../../src/plan/policy/role-policy.ts';
import type { World } from '../../chaos/open-world.ts';
import { type Journey, journeys, openJourney, wireOf } from './journeys.ts';

type Name = keyof typeof journeys;

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** Runs a journey under what `policy` prints for its role, changed as told; answers what went wrong and what was called. */
async function travel(
  name: Name,
  options: { readonly settings?: Partial<Settings>; readonly change?: (printed: IamPolicy) => IamPolicy } = {},
): Promise<{ readonly wrong: readonly string[]; readonly operations: readonly string[] }> {
  const { settings = {}, change = (printed) => printed } = options;
  const journey: Journey = journeys[name];
  const world = await openJourney(journey, settings);
  worlds.push(world);
  const { policies } = await policy({ ...wireOf(world, settings), oidc: undefined });
  world.cloud.usePolicy(JSON.stringify(change(policies[journey.role])));
  const { next } = await world.requests();
  const told = await journey.run(world, settings).catch((error: Error) => [error.message]);
  const { requests } = await world.requests(next);
  const refused = requests.filter(({ status }) => status === 403).map(({ service, op }) => `${service} ${op}: 403`);
  return { wrong: [...told, ...refused], operations: requests.map(({ service, op }) => `${service} ${op}`) };
}

const names = Object.keys(journeys) as Name[];

/** What each journey calls, under the policy that is printed for it. */
const called = new Map<Name, ReadonlySet<string>>();

describe('under the printed policy everything can be done', () => {
  test.each(names)('%s', async (name) => {
    const { wrong, operations } = await travel(name);
    called.set(name, new Set(operations));
    expect(wrong).toEqual([]);
  });

  test.each(names)('%s, in a folder of the bucket', async (name) => {
    expect((await travel(name, { settings: { prefix: 'docs/' } })).wrong).toEqual([]);
  });

  const plain = names.filter((name) => !/invalidate|distribution/.test(name));
  test.each(plain)('%s, without a distribution', async (name) => {
    expect((await travel(name, { settings: { cdn: false } })).wrong).toEqual([]);
  });
});

const adapters = fastGlob
  .sync('src/aws/**/*.ts')
  .map((path) => readFileSync(path, 'utf8'))
  .join();
const isCalled = (operation: string): boolean => adapters.includes(`new ${operation.split(' ')[1]}Command(`);

/** Sites whose distribution is somebody else's get a policy of their own, without most of this. */
const others = 'with a distribution of others';

const granted = (role: Role): readonly string[] => [
  ...new Set(
    permissions
      .filter((row) => row.role === role && row.site !== others && isCalled(row.operation))
      .map(({ action }) => action),
  ),
];

const without =
  (action: string) =>
  (printed: IamPolicy): IamPolicy => ({
    ...printed,
    Statement: printed.Statement.map((statement) => ({
      ...statement,
      Action: statement.Action.filter((each) => each !== action),
    })).filter(({ Action }) => Action.length > 0),
  });

/** The journeys that call something for which the table wants the action, those of its role alone. */
function candidates(role: Role, action: string): readonly Name[] {
  const wanted = permissions.filter((row) => row.action === action).map(({ operation }) => operation);
  return names.filter((name) => journeys[name].role === role && wanted.some((op) => called.get(name)?.has(op)));
}

describe('without any one of its actions something fails', () => {
  const rows = (['deploy', 'setup'] as const).flatMap((role) => granted(role).map((action) => [role, action] as const));
  test.each(rows)('%s: %s', async (role, action) => {
    const wrong: string[] = [];
    const found = candidates(role, action);
    for (const name of found) {
      wrong.push(...(await travel(name, { change: without(action) })).wrong);
      if (wrong.length > 0) break;
    }
    expect(wrong).not.toEqual([]);
  });
});

test('every command that the adapters can send has a row', () => {
  const commands = [...adapters.matchAll(/new ([A-Z]\w+)Command\(/g)].map(([, op = '']) => op);
  const known = new Set(permissions.map(({ operation }) => operation.split(' ')[1]));
  expect([...new Set(commands)].filter((op) => !known.has(op))).toEqual(['GetCallerIdentity']);
});

test('every call that is made has a row', () => {
  const made = new Set([...called.values()].flatMap((operations) => [...operations]));
  made.delete('sts GetCallerIdentity');
  const known = new Set(permissions.map(({ operation }) => operation));
  expect([...made].filter((operation) => !known.has(operation))).toEqual([]);
});
