import { CdnpubError } from '../model/cdnpub-error.ts';
import type { ErrorCode } from '../model/error-code.ts';
import type { Settings } from '../model/settings.ts';
import type { SiteRecord } from '../model/site-record.ts';
import { siteRecordKey } from '../model/state-keys.ts';
import type { Target } from '../model/target.ts';
import { parseSubject } from '../plan/policy/parse-subject.ts';
import { type PolicyPlace, rolePolicy } from '../plan/policy/role-policy.ts';
import { trustPolicy } from '../plan/policy/trust-policy.ts';
import { decodeDocument } from '../plan/state/document-text.ts';
import type { PolicyReport } from '../report/policy-report.ts';
import { type Wired, type WireOptions, wire } from './wire.ts';

export interface PolicyOptions extends WireOptions {
  /** Whose workflows may assume the deploy role, as `parseSubject` reads it; without it no trust policy is made. */
  readonly oidc: string | undefined;
}

/**
 * The policies for this site. Its account and ids are looked up where credentials allow it; else the config's account
 * will do, and patterns stand for ids. Throws what `wire` throws where no account is known, `E_USAGE` for no repository.
 */
export async function policy(options: PolicyOptions): Promise<PolicyReport> {
  const subject = options.oidc === undefined ? undefined : parseSubject(options.oidc);
  const { place, warnings } = await findPlace(options);
  return {
    place,
    warnings,
    policies: {
      setup: rolePolicy('setup', place),
      deploy: rolePolicy('deploy', place),
      ...(subject === undefined ? {} : { trust: trustPolicy({ ...place, subject }) }),
    },
  };
}

type Found = Pick<PolicyReport, 'place' | 'warnings'>;

/** What can be done without: these credentials may be nobody's, or not allowed to look. */
const survivable = new Set<ErrorCode>(['E_CREDENTIALS', 'E_EXPIRED', 'E_PERMISSION', 'E_NETWORK', 'E_FOREIGN_BUCKET']);

async function findPlace(options: PolicyOptions): Promise<Found> {
  const { settings } = options;
  try {
    const wired = await wire(options);
    try {
      return await lookUp(wired, settings);
    } finally {
      wired.close();
    }
  } catch (error) {
    const place = placeByConfig(settings);
    if (!(error instanceof CdnpubError) || !survivable.has(error.code)) throw error;
    if (place === undefined) throw withHint(error);
    return { place, warnings: [`the site was not looked at, so patterns stand for its ids: ${error.message}`] };
  }
}

async function lookUp({ target, store, bucketExists }: Wired, settings: Settings): Promise<Found> {
  const { account, partition, bucket, prefix, site, cdn, manage } = target;
  if (account === null) {
    throw new CdnpubError('E_CONFIG', {
      message: 'this endpoint has no STS: policies are for AWS accounts',
      hints: ['"account" in the config names one'],
    });
  }
  if (settings.account !== null && settings.account !== account) {
    throw new CdnpubError('E_PERMISSION', {
      message: `the credentials are of account ${account}, and the config says ${settings.account}`,
    });
  }
  const found = bucketExists ? await store.read(siteRecordKey) : undefined;
  const record = found && decodeDocument<SiteRecord>(new TextDecoder().decode(found.bytes), 'the site record');
  const place = { account, partition, bucket, prefix, site, cdn, manage };
  return { place: { ...place, published: record === undefined ? null : idsOf(record, target) }, warnings: [] };
}

const idsOf = ({ siteId, distribution, storeArn }: SiteRecord, target: Target): PolicyPlace['published'] => ({
  siteId,
  distributionId: target.distribution ?? distribution?.id ?? null,
  storeArn,
});

function placeByConfig({ account, region, bucket, prefix, site, cdn, manage }: Settings): PolicyPlace | undefined {
  const name = bucket ?? (account === null || region === null ? null : `${site}-${account}-${region}-an`);
  if (account === null || name === null) return undefined;
  return { partition: 'aws', account, bucket: name, prefix, site, cdn, manage, published: null };
}

const withHint = (error: CdnpubError): CdnpubError =>
  new CdnpubError(error.code, {
    message: error.message,
    hints: [...error.hints, 'CDNPUB_ACCOUNT and --region, or both in the config: then no credentials are needed'],
    details: error.details,
    cause: error,
  });
