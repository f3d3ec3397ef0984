import type { Policy } from '../state.ts';
import { listOf } from '../tree.ts';
import { managedPolicy } from './managed-policy.ts';

const cors = ['origin', 'access-control-request-headers', 'access-control-request-method'];

const cloudFrontHeaders = [
  'CloudFront-Viewer-Address',
  'CloudFront-Viewer-Country',
  'CloudFront-Viewer-City',
  'CloudFront-Viewer-Country-Name',
  'CloudFront-Viewer-Country-Region',
  'CloudFront-Viewer-Country-Region-Name',
  'CloudFront-Viewer-Latitude',
  'CloudFront-Viewer-Longitude',
  'CloudFront-Viewer-Metro-Code',
  'CloudFront-Viewer-Postal-Code',
  'CloudFront-Viewer-Time-Zone',
  'CloudFront-Viewer-Http-Version',
  'CloudFront-Viewer-TLS',
  'CloudFront-Viewer-ASN',
  'CloudFront-Forwarded-Proto',
  'CloudFront-Is-Android-Viewer',
  'CloudFront-Is-Desktop-Viewer',
  'CloudFront-Is-IOS-Viewer',
  'CloudFront-Is-Mobile-Viewer',
  'CloudFront-Is-SmartTV-Viewer',
  'CloudFront-Is-Tablet-Viewer',
];

/** The managed origin request policies: which headers, cookies and query strings they send on. */
export const managedOriginRequestPolicies: readonly Policy[] = [
  policy('216adef6-5c7f-47e4-b989-5492eafa07d3', 'Managed-AllViewer', ['allViewer', []], 'all'),
  policy('b689b0a8-53d0-40ab-baf2-68738e2966ac', 'Managed-AllViewerExceptHostHeader', ['allExcept', ['host']], 'all'),
  policy(
    '33f36d7e-f396-46d9-90e0-52428a34d9dc',
    'Managed-AllViewerAndCloudFrontHeaders-2022-06',
    ['allViewerAndWhitelistCloudFront', cloudFrontHeaders],
    'all',
  ),
  policy('59781a5b-3903-41f3-afcb-af62929ccde1', 'Managed-CORS-CustomOrigin', ['whitelist', ['origin']], 'none'),
  policy('88a5eaf4-2fd4-4709-b370-b4c650ea3fcf', 'Managed-CORS-S3Origin', ['whitelist', cors], 'none'),
  policy(
    'acba4595-bd28-49b8-b9fe-13317c0390fa',
    'Managed-UserAgentRefererHeaders',
    ['whitelist', ['user-agent', 'referer']],
    'none',
  ),
];

function policy(
  id: string,
  name: string,
  [behavior, headers]: readonly [string, readonly string[]],
  rest: 'all' | 'none',
): Policy {
  return managedPolicy('OriginRequestPolicy', id, name, {
    HeadersConfig: {
      HeaderBehavior: behavior,
      ...(headers.length === 0 ? {} : { Headers: listOf('Name', headers) }),
    },
    CookiesConfig: { CookieBehavior: rest },
    QueryStringsConfig: { QueryStringBehavior: rest },
  });
}
