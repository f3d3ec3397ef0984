import { type DistributionSummary, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { type CloudFrontContext, callCloudFront } from './cloudfront-context.ts';

/** All distributions of the account, page by page. */
export async function listDistributions(context: CloudFrontContext): Promise<readonly DistributionSummary[]> {
  const found: DistributionSummary[] = [];
  let marker: string | undefined;
  do {
    const request = new ListDistributionsCommand(marker === undefined ? {} : { Marker: marker });
    const { DistributionList: page } = await callCloudFront(context, 'ListDistributions', '*', () =>
      context.client.send(request),
    );
    found.push(...(page?.Items ?? []));
    marker = page?.IsTruncated === true ? page.NextMarker : undefined;
  } while (marker !== undefined);
  return found;
}
