import { type FeatureTable, keys, table } from '../feature-table.ts';
import type { SiteAtEdge } from '../open-site.ts';

const handler = `
  import cf from 'cloudfront';
  // Tests, in two groups.
  const groups = ['a', 'b'];
  export default async function handler(event) {
    const request = event.request;
    if (request.uri === '/teapot') return { statusCode: 418 };
    if (request.uri === '/shared') request.uri = '/docs/';
    if (request.uri === '/hidden') request.uri = '/.cdnpub/site.json';
    if (request.uri === '/sly') request.uri = '/docs/private/';
    if (request.uri === '/typed') request.headers.spelling = { value: request.uri };
    request.headers['x-cdnpub'] = { value: '404' };
    request.headers.group = { value: groups[request.uri.length % 2] };
    return request;
  }`;
const site: SiteAtEdge = {
  keys,
  source: {
    handlers: { viewerRequest: handler, viewerResponse: null },
    auth: { paths: ['/docs/private/*'], users: ['ann'], jwt: false },
  },
  redirects: '/teapot /kettle 301!\n/shared /never',
};

/** The user’s own function. */
export const handlerTables: readonly FeatureTable[] = [
  table('the user’s own function: runs after forced redirects and before the file is found', site, [
    ['/teapot', '301 /kettle'],
    ['/%74eapot', '301 /kettle'],
    ['/hidden', '404 404.html'],
    ['/sly', '401'],
    ['/docs', '301 /docs/'],
    ['/app.js', '200 app.js'],
  ]),
];
