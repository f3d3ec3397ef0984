import { compareKeys } from '../../model/compare-keys.ts';
import type { KeyRange } from '../../model/ports.ts';
import type { RemoteObject } from '../../model/snapshot.ts';
import { ownerHeader } from './bulk/put-in-bulk.ts';
import { type ListedPage, readPage } from './bulk/read-page.ts';
import { callS3, type S3Context } from './s3-context.ts';

/** All objects of a range, page by page. Keys come back relative to the prefix. */
export async function listObjects(context: S3Context, { after, through }: KeyRange): Promise<readonly RemoteObject[]> {
  const { prefix } = context;
  const found: RemoteObject[] = [];
  let token: string | undefined;
  do {
    const page = await listPage(context, after, token);
    for (const object of page.objects) found.push({ ...object, key: object.key.slice(prefix.length) });
    const last = found.at(-1);
    const past = through !== undefined && last !== undefined && compareKeys(last.key, through) >= 0;
    token = past ? undefined : page.next;
  } while (token !== undefined);
  return through === undefined ? found : found.filter(({ key }) => compareKeys(key, through) <= 0);
}

function listPage(context: S3Context, after: string | undefined, token: string | undefined): Promise<ListedPage> {
  const { prefix } = context;
  const start =
    token !== undefined
      ? { 'continuation-token': token }
      : after === undefined
        ? {}
        : { 'start-after': prefix + after };
  // `url`: a key with a control character cannot be spelled in XML.
  const query = { 'list-type': '2', 'encoding-type': 'url', prefix, ...start };
  return callS3(context, 'ListBucket', undefined, async () => {
    const line = await context.bulk();
    return readPage(await line.list({ query, headers: ownerHeader(context) }));
  });
}
