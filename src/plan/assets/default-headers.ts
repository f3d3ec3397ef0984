import type { AssetClass, StoredHeaders } from '../../model/asset.ts';
import type { ContentType } from './content-type.ts';

/**
 * The headers that an object gets when no rule says otherwise. Browsers revalidate all that may change; edges keep it for
 * a day (`s-maxage`, the bound of what an invalidation cannot be proved to reach), but only where cdnpub invalidates.
 */
export function defaultHeaders(asset: {
  readonly class: AssetClass;
  readonly type: ContentType;
  readonly cdn: boolean;
}): StoredHeaders {
  const { contentType, contentEncoding } = asset.type;
  return {
    'cache-control': cacheControl(asset.class, asset.cdn),
    ...(contentEncoding === null ? {} : { 'content-encoding': contentEncoding }),
    'content-type': contentType,
  };
}

function cacheControl(assetClass: AssetClass, cdn: boolean): string {
  if (assetClass === 'fingerprinted') return 'public, max-age=31536000, immutable';
  return cdn ? 'public, max-age=0, s-maxage=86400, must-revalidate' : 'public, max-age=0, must-revalidate';
}
