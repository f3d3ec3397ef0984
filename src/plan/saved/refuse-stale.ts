import { CdnpubError } from '../../model/cdnpub-error.ts';
import type { SavedPlan } from './describe-plan.ts';

/** Holds a deploy to a plan that was saved: throws `E_STALE` where anything that the plan was made of is different now. */
export function refuseStale(saved: SavedPlan, now: SavedPlan): void {
  const found = parts.filter(([part]) => JSON.stringify(part(saved)) !== JSON.stringify(part(now)));
  const [first] = found;
  if (first === undefined) return;
  throw new CdnpubError('E_STALE', {
    message: `the saved plan is not what would be done now: ${found.map(([, what]) => what).join('; ')}`,
    hints: ['make a new one: cdnpub deploy DIR --dry-run --out FILE'],
    details: { differences: found.map(([, what]) => what) },
  });
}

/** The last is the sum of all others; alone it means that time has passed, and what is kept for a while is due. */
const parts: readonly (readonly [part: (plan: SavedPlan) => unknown, what: string])[] = [
  [({ target }) => target, 'it was made for another place'],
  [({ build }) => build, 'the build holds other files, or sets other headers'],
  [({ saw }) => saw.manifest, 'another deploy has finished'],
  [({ saw }) => saw.site, 'the site’s record was changed'],
  [({ saw }) => saw.announcements, 'another deploy has begun'],
  [({ saw }) => saw.objects, 'objects in the bucket were changed'],
  [({ saw }) => saw.distribution, 'the distribution, or what runs on it, was changed'],
  [({ saw }) => saw.policy, 'the bucket policy was changed'],
  [({ siteId, does }) => [siteId, does], 'other things are to be done'],
];
