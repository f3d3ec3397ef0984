import { CreateOriginAccessControlCommand, ListOriginAccessControlsCommand } from '@aws-sdk/client-cloudfront';
import type { Resolved } from '../../model/ref.ts';
import { awsErrorName } from '../tell-aws-error.ts';
import { type CloudFrontContext, callCloudFront, present } from './cloudfront-context.ts';

/** Id of the account's origin access control of that name. */
export async function findOac(context: CloudFrontContext, name: string): Promise<string | undefined> {
  let marker: string | undefined;
  do {
    const request = new ListOriginAccessControlsCommand(marker === undefined ? {} : { Marker: marker });
    const { OriginAccessControlList: page } = await callCloudFront(context, 'ListOriginAccessControls', '*', () =>
      context.client.send(request),
    );
    const found = page?.Items?.find(({ Name }) => Name === name);
    if (found !== undefined) return found.Id;
    marker = page?.IsTruncated === true ? page.NextMarker : undefined;
  } while (marker !== undefined);
  return undefined;
}

/** Makes the origin access control: every request to the bucket is signed. */
export async function createOac(context: CloudFrontContext, name: string): Promise<Resolved> {
  const id = await callCloudFront(context, 'CreateOriginAccessControl', 'origin-access-control/*', async () => {
    try {
      const { OriginAccessControl } = await context.client.send(
        new CreateOriginAccessControlCommand({ OriginAccessControlConfig: config(name) }),
      );
      return OriginAccessControl?.Id;
    } catch (error) {
      if (awsErrorName(error).name === 'OriginAccessControlAlreadyExists') return findOac(context, name);
      throw error;
    }
  });
  return { 'oac.id': present(id, 'the origin access control') };
}

const config = (Name: string) =>
  ({
    Name,
    Description: 'cdnpub: CloudFront alone reads the bucket',
    SigningProtocol: 'sigv4',
    SigningBehavior: 'always',
    OriginAccessControlOriginType: 's3',
  }) as const;
