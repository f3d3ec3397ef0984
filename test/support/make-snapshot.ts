import { compareKeys } from '../../src/model/compare-keys.ts';
import type { SiteRecord } from '../../src/model/site-record.ts';
import type { CdnSnapshot, ReadBack, RemoteObject, Snapshot } from '../../src/model/snapshot.ts';
import { bucketPolicy } from '../../src/plan/infrastructure/bucket-policy.ts';
import { desiredFields } from '../../src/plan/infrastructure/distribution-fields.ts';
import { makeManifest } from './make-manifest.ts';
import { makeTarget } from './make-target.ts';

interface Given extends Omit<Partial<Snapshot>, 'objects' | 'readBack'> {
  readonly objects?: readonly RemoteObject[];
  readonly readBack?: Readonly<Record<string, ReadBack>>;
}

/** A site that was deployed once, with nothing in it: bucket, record, manifest and a distribution that is as it should be. */
export function makeSnapshot({ objects = [], readBack = {}, ...given }: Given = {}): Snapshot {
  const sorted = [...objects].sort((a, b) => compareKeys(a.key, b.key));
  return {
    bucket: { kind: 'present', owned: true },
    site: { value: siteRecord, etag: 'site-etag' },
    lostDistribution: null,
    manifest: makeManifest(),
    manifestEtag: 'manifest-etag',
    announcements: [],
    completed: new Set(),
    locked: false,
    closed: true,
    policy: bucketPolicy(makeTarget(), siteRecord.siteId, resolved['distribution.arn']),
    cdn,
    ...given,
    objects: new Map(sorted.map((object) => [object.key, object])),
    readBack: new Map(Object.entries(readBack)),
  };
}

const resolved = {
  'oac.id': 'EOAC',
  'cachePolicy.id': 'cache-1',
  'headersPolicy.id': 'headers-1',
  'store.arn': 'arn:aws:cloudfront::111122223333:key-value-store/0f1e',
  'function.arn': 'arn:aws:cloudfront::111122223333:function/cdnpub-docs-abcdefghij-request',
  'distribution.id': 'E2QWRUHAPOMQZL',
  'distribution.arn': 'arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL',
  'distribution.domain': 'd111111abcdef8.cloudfront.net',
} as const;

const noOrigins = { Origins: '', CacheBehaviors: '' };

const siteRecord: SiteRecord = {
  schema: 1,
  siteId: 'abcdefghij',
  site: 'docs',
  generation: 1,
  distribution: {
    id: resolved['distribution.id'],
    arn: resolved['distribution.arn'],
    domain: resolved['distribution.domain'],
  },
  storeArn: resolved['store.arn'],
  conditionalWrites: null,
  adopted: false,
};

const cdn: CdnSnapshot = {
  distribution: {
    id: resolved['distribution.id'],
    status: 'Deployed',
    enabled: true,
    fields: desiredFields({
      target: makeTarget(),
      notFoundKey: '404.html',
      resolved,
      responseFunction: '',
      origins: noOrigins,
    }),
  },
  marked: [],
  policies: [],
  edgeFunction: { code: 'edge code' },
  responseFunction: undefined,
  store: { arn: resolved['store.arn'], keys: undefined },
  resolved,
};

/** Nothing anywhere: the first deploy of a site. */
export const nothingThere: Snapshot = {
  ...makeSnapshot(),
  bucket: { kind: 'absent' },
  site: undefined,
  manifest: undefined,
  manifestEtag: undefined,
  policy: [],
  cdn: {
    distribution: undefined,
    marked: [],
    policies: [],
    edgeFunction: undefined,
    responseFunction: undefined,
    store: undefined,
    resolved: {},
  },
};
