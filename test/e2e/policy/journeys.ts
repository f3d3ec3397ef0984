import {
  CreateCachePolicyCommand,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { invalidate } from '../../../src/app/invalidate.ts';
import { listReleases } from '../../../src/app/list-releases.ts';
import { maintenance } from '../../../src/app/maintenance.ts';
import { resume } from '../../../src/app/resume.ts';
import { showRelease } from '../../../src/app/show-release.ts';
import { status } from '../../../src/app/status.ts';
import { unlock } from '../../../src/app/unlock.ts';
import type { WireOptions } from '../../../src/app/wire.ts';
import type { Settings } from '../../../src/model/settings.ts';
import type { Role } from '../../../src/plan/policy/permissions.ts';
import { openWorld, region, type World } from '../../chaos/open-world.ts';
import type { Build } from '../../chaos/render-site.ts';
import { cloudFrontClient, s3Client } from '../../support/s3-client.ts';

/** One thing that somebody does with a site, in a cloud of its own, from a state in which it calls all that it can. */
export interface Journey {
  /** Whose credentials it is done with. */
  readonly role: Role;
  /** Done before the policy holds. */
  readonly prepare: (world: World, settings: Partial<Settings>) => Promise<unknown>;
  /** Answers what went wrong, if anything did. Throws where it fails altogether. */
  readonly run: (world: World, settings: Partial<Settings>) => Promise<readonly string[]>;
}

const page = (text: string) => `<!doctype html><p>${text}`;
/** More than goes up in one request. */
const large = 'l'.repeat(17 * 1_048_576);

const before: Build = {
  files: { 'index.html': page('home'), '404.html': page('none'), 'old.html': page('old'), 'style.css': 'a{}' },
  headers: [],
};
const after: Build = {
  files: {
    'index.html': page('changed'),
    '404.html': page('none'),
    'new.html': page('new'),
    'style.css': 'a{}',
  },
  headers: [{ match: '*.css', set: { 'cache-control': 'public, max-age=60' }, unset: [] }],
};

const moved = { _redirects: Array.from({ length: 40 }, (_, n) => `/moved-long-ago-${n} /to/${n}`).join('\n') };

/** Deploys a build; a warning counts as something that went wrong, because what is refused late is only warned of. */
async function deploy(world: World, build: Build, given: Partial<Settings> = {}): Promise<readonly string[]> {
  const { settings } = world.place(build);
  const { error, warnings } = await world.deploy(build, { settings: { ...settings, ...given } });
  return [...(error === undefined ? [] : [error.message]), ...warnings];
}

/** How a command that needs no build reaches the world's site. */
export const wireOf = (world: World, given: Partial<Settings>): WireOptions => ({
  settings: { ...world.place(before).settings, ...given },
  env: {},
  local: world.cloud,
  clock: world.time.clock,
  concurrency: 8,
});

/** Who takes the lock, and for how long it is waited for. */
const lockingAs = {
  run: { user: 'ann', host: 'desk', message: null, ci: null },
  lockTimeoutMs: 60_000,
  onLockWait: () => {},
} as const;

async function makeOwnBucket({ cloud, bucket: Bucket }: World): Promise<void> {
  const Tags = [{ Key: 'cdnpub', Value: '1' }];
  const configuration = { LocationConstraint: region, Tags } as const;
  await s3Client({ cloud }).send(
    new CreateBucketCommand({ Bucket, BucketNamespace: 'account-regional', CreateBucketConfiguration: configuration }),
  );
}

/** Somebody else's bytes of the same length: only S3 itself can tell what it holds then. */
const drift = ({ cloud, bucket: Bucket }: World, { prefix = '' }: Partial<Settings>): Promise<unknown> =>
  s3Client({ cloud }).send(
    new PutObjectCommand({ Bucket, Key: `${prefix}404.html`, Body: 'x'.repeat(page('none').length) }),
  );

const garble = ({ cloud, bucket: Bucket }: World, { prefix = '' }: Partial<Settings>): Promise<unknown> =>
  s3Client({ cloud }).send(
    new PutObjectCommand({ Bucket, Key: `${prefix}.cdnpub/channels/live/manifest`, Body: 'garbled' }),
  );

/** The lock of a deploy that died. */
function leaveLock({ cloud, bucket: Bucket }: World, { prefix = '' }: Partial<Settings>): Promise<unknown> {
  const lock = {
    ...{ schema: 1, id: 'L-dead', nonce: 'dead', user: 'ann', host: 'desk', url: null, commit: null },
    ...{ release: 'r-dead', beat: 0 },
  };
  const Key = `${prefix}.cdnpub/channels/live/lock.json`;
  return s3Client({ cloud }).send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(lock) }));
}

async function deployTwice(world: World, given: Partial<Settings>): Promise<void> {
  await deploy(world, before, given);
  await deploy(world, after, given);
}

const nothing = async (): Promise<readonly string[]> => [];

async function goBack(world: World, given: Partial<Settings>, hold: boolean): Promise<readonly string[]> {
  const { releases } = await listReleases(wireOf(world, given));
  const { error, warnings } = await world.rollback(releases[1]?.id ?? '', {
    settings: wireOf(world, given).settings,
    hold,
  });
  return [...(error === undefined ? [] : [error.message]), ...warnings];
}

/** A thousand values of the store and more. */
const manyRules = Array.from({ length: 1_400 }, (_, rule) => `/old/${rule} /new/${'long-'.repeat(40)}${rule}`).join(
  '\n',
);

/** As an earlier cdnpub may have made one. */
async function attachCachePolicy({ cloud }: World): Promise<void> {
  const client = cloudFrontClient({ cloud });
  const { DistributionList } = await client.send(new ListDistributionsCommand({}));
  const Id = DistributionList?.Items?.[0]?.Id;
  const { DistributionConfig, ETag } = await client.send(new GetDistributionConfigCommand({ Id }));
  const CachePolicyConfig = { Name: 'cdnpub-cache-0123456789ab', MinTTL: 0 };
  const { CachePolicy } = await client.send(new CreateCachePolicyCommand({ CachePolicyConfig }));
  if (DistributionConfig?.DefaultCacheBehavior === undefined) throw new Error('there is no behaviour');
  DistributionConfig.DefaultCacheBehavior.CachePolicyId = CachePolicy?.Id;
  await client.send(new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig }));
}

export const journeys = {
  first: { role: 'setup', prepare: nothing, run: (world, given) => deploy(world, before, given) },
  'first, where a killed run left the bucket': {
    role: 'setup',
    prepare: makeOwnBucket,
    run: (world, given) => deploy(world, before, given),
  },
  'a distribution that changes': {
    role: 'setup',
    prepare: (world, given) => deploy(world, before, given),
    run: (world, given) => deploy(world, { ...before, files: { 'index.html': page('home') } }, given),
  },
  'first, with more rules than are written one by one': {
    role: 'setup',
    prepare: nothing,
    run: (world, given) =>
      deploy(
        world,
        given.cdn === false ? before : { ...before, files: { ...before.files, _redirects: manyRules } },
        given,
      ),
  },
  'a distribution that leaves its policies': {
    role: 'setup',
    prepare: async (world, given) => {
      await deploy(world, before, given);
      await attachCachePolicy(world);
    },
    run: (world, given) => deploy(world, before, { ...given, securityHeaders: false }),
  },
  'another server that comes and goes': {
    role: 'setup',
    prepare: (world, given) => deploy(world, before, given),
    run: async (world, given) => {
      if (given.cdn === false) return [];
      const server = { url: 'https://api.example.com', cacheSeconds: 60, timeoutSeconds: 30, secret: null };
      const source = { file: 'cdnpub.config.json', line: null };
      const added = await deploy(world, before, { ...given, origins: [{ source, pattern: '/api/*', server }] });
      return [...added, ...(await deploy(world, before, given))];
    },
  },
  change: {
    role: 'deploy',
    prepare: async (world, given) => {
      await deploy(world, before, given);
      await drift(world, given);
    },
    run: (world, given) => deploy(world, after, { ...given, trailingSlash: true }),
  },
  'redirects that are new': {
    role: 'deploy',
    prepare: (world, given) => deploy(world, before, given),
    run: (world, given) =>
      deploy(world, given.cdn === false ? after : { ...after, files: { ...after.files, ...moved } }, given),
  },
  'a large file that fails': {
    role: 'deploy',
    prepare: async (world, given) => {
      await deploy(world, before, given);
      await world.faults.setFaults([
        { match: { op: 'UploadPart' }, times: 1, do: { status: 400, code: 'EntityTooSmall' } },
      ]);
    },
    run: async (world, given) => {
      const told = await deploy(world, { ...after, files: { ...after.files, 'large.bin': large } }, given);
      return told.filter((line) => !line.includes('EntityTooSmall'));
    },
  },
  'a manifest that is garbled': {
    role: 'deploy',
    prepare: async (world, given) => {
      await deploy(world, before, given);
      await garble(world, given);
    },
    run: (world, given) => deploy(world, after, given),
  },
  'releases that go': {
    role: 'deploy',
    prepare: deployTwice,
    run: (world, given) => deploy(world, before, { ...given, retention: { assetsSeconds: 0, releases: 1 } }),
  },
  rollback: { role: 'deploy', prepare: deployTwice, run: (world, given) => goBack(world, given, false) },
  'rollback that holds, and resume': {
    role: 'deploy',
    prepare: deployTwice,
    run: async (world, given) => {
      const told = await goBack(world, given, true);
      await resume({ ...wireOf(world, given), ...lockingAs });
      return told;
    },
  },
  releases: {
    role: 'deploy',
    prepare: deployTwice,
    run: async (world, given) => {
      const { releases } = await listReleases(wireOf(world, given));
      await showRelease(wireOf(world, given), releases[0]?.id ?? '');
      return [];
    },
  },
  'status --verify': {
    role: 'deploy',
    prepare: deployTwice,
    run: async (world, given) => {
      await status({ ...wireOf(world, given), verify: true, urlOf: (domain) => domain });
      return [];
    },
  },
  maintenance: {
    role: 'deploy',
    prepare: async (world, given) => {
      if (given.cdn !== false) await deploy(world, before, { ...given, maintenance: { page: null, allow: [] } });
    },
    run: async (world, given) => {
      if (given.cdn === false) return [];
      const { state } = await maintenance({ ...wireOf(world, given), wish: 'on' });
      return state === 'on' ? [] : ['the site is not closed'];
    },
  },
  invalidate: {
    role: 'deploy',
    prepare: deployTwice,
    run: async (world, given) => {
      if (given.cdn === false) return [];
      await invalidate({ ...wireOf(world, given), paths: ['/*'], waitTimeoutMs: 60_000 });
      return [];
    },
  },
  'invalidate, where the reply is lost': {
    role: 'deploy',
    prepare: async (world, given) => {
      await deploy(world, before, given);
      const match = { op: 'CreateInvalidation' };
      await world.faults.setFaults([
        { match, times: 1, do: { reset: 'after' } },
        { match, times: 1, do: { status: 400, code: 'InvalidationBatchAlreadyExists' } },
      ]);
    },
    run: async (world, given) => {
      if (given.cdn === false) return [];
      await invalidate({ ...wireOf(world, given), paths: ['/*'], waitTimeoutMs: 60_000 });
      return [];
    },
  },
  unlock: {
    role: 'deploy',
    prepare: async (world, given) => {
      await deploy(world, before, given);
      await leaveLock(world, given);
    },
    run: async (world, given) => {
      const { seen } = await unlock({ ...wireOf(world, given), id: 'L-dead', confirm: async () => true });
      return seen === undefined ? ['there was no lock'] : [];
    },
  },
} as const satisfies Readonly<Record<string, Journey>>;

/** Opens a world in which a journey can begin. */
export async function openJourney(journey: Journey, given: Partial<Settings>): Promise<World> {
  const world = await openWorld({ seed: 1 });
  await journey.prepare(world, given);
  return world;
}
