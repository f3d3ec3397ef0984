import type { SiteRecord } from '../../model/site-record.ts';
import type { MarkedDistribution, Snapshot } from '../../model/snapshot.ts';
import type { Target } from '../../model/target.ts';
import { resourceNames } from './resource-names.ts';

/**
 * Names the distributions that an earlier life of the site left behind, where a new one is about to be made: the site's
 * id was lost with its bucket, and so was the way to them. They are known by their comment, which tells the site's name,
 * and by their origin, which is this very place; a site of the same name in another bucket is nobody's orphan. None is
 * taken over: who made them, and what else points at them, cannot be known.
 */
export function warnOrphans({ cdn }: Snapshot, target: Target, record: SiteRecord): readonly string[] {
  if (cdn === undefined || cdn.distribution !== undefined) return [];
  const own = resourceNames(record).comment;
  const pattern = new RegExp(`^cdnpub-${target.site}-[a-z0-9]{10}(?:-g\\d+)?$`);
  const place = originOf(target);
  return cdn.marked
    .filter(({ comment, origins }) => comment !== own && pattern.test(comment) && origins.includes(place))
    .map(tellOrphan);
}

/** As a distribution names its origin: the bucket's regional name, and the folder without its last slash. */
const originOf = ({ bucket, region, prefix }: Target): string =>
  `${bucket}.s3.${region}.amazonaws.com${prefix === '' ? '' : `/${prefix.slice(0, -1)}`}`;

function tellOrphan({ id, domain, aliases }: MarkedDistribution): string {
  const names = aliases.length === 0 ? '' : `, also known as ${aliases.join(', ')},`;
  return (
    `distribution ${id} (${domain})${names} was made for this bucket before its record was lost; a new one is made ` +
    'with another address, and the old one will answer 403: disable and delete it in CloudFront when nothing points there'
  );
}
