import { xmlDocument } from '../../xml.ts';
import { canonicalUser } from '../canonical-user.ts';
import { readMaxKeys } from '../objects/list-page.ts';
import { type ServiceOperation, s3Namespace } from '../s3-context.ts';
import { compareKeys } from '../sorted-keys.ts';

/** ListBuckets: the caller's own, by name; `prefix`, `bucket-region` and pages where asked for. */
export const listBuckets: ServiceOperation = ({ request, store }) => {
  const { query, caller } = request;
  const account = caller.kind === 'account' ? caller.account : '';
  const prefix = query.get('prefix') ?? '';
  const region = query.get('bucket-region');
  const after = query.get('continuation-token') ?? '';
  const limit = query.has('max-buckets') ? readMaxKeys(query, 'max-buckets') : Number.POSITIVE_INFINITY;
  const found = [...store.buckets()]
    .map(({ settings }) => settings)
    .filter(
      (each) => each.owner === account && each.name.startsWith(prefix) && (region === null || each.region === region),
    )
    .filter((each) => after === '' || compareKeys(each.name, after) > 0)
    .sort((a, b) => compareKeys(a.name, b.name));
  const page = found.slice(0, limit);
  const Bucket = page.map(({ name, createdAt, region: BucketRegion }) => ({
    Name: name,
    CreationDate: new Date(createdAt).toISOString(),
    BucketRegion,
  }));
  const body = xmlDocument('ListAllMyBucketsResult', s3Namespace, {
    Owner: canonicalUser(account),
    Buckets: { Bucket },
    ContinuationToken: found.length > page.length ? page.at(-1)?.name : undefined,
    Prefix: prefix === '' ? undefined : prefix,
  });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
};
