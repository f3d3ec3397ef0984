import { type XmlTree, xmlChild } from '../../xml.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { integerAt } from '../tree.ts';

/**
 * Default TTL: "86400 seconds (one day). If the value of MinTTL is more than 86400 seconds, then […] the same as
 * MinTTL"; most: "31536000 seconds (one year)" or the default TTL where that is more [dts CachePolicyConfig].
 */
export function fillCachePolicy(config: XmlTree): XmlTree {
  const usual = integerAt(config, 'DefaultTTL') ?? Math.max(86400, integerAt(config, 'MinTTL') ?? 0);
  const most = integerAt(config, 'MaxTTL') ?? Math.max(31536000, usual);
  const parameters = xmlChild(config, 'ParametersInCacheKeyAndForwardedToOrigin') ?? nothingInKey;
  return {
    ...config,
    DefaultTTL: String(usual),
    MaxTTL: String(most),
    ParametersInCacheKeyAndForwardedToOrigin: parameters,
  };
}

/** The TTLs are in order [dts CachePolicyConfig]. */
export function checkCachePolicy(config: XmlTree): void {
  const [least = 0, usual = 0, most = 0] = ['MinTTL', 'DefaultTTL', 'MaxTTL'].map((name) => integerAt(config, name));
  if (least > usual || usual > most) {
    throw cloudFrontFault('InvalidArgument', 'The parameter MinTTL, DefaultTTL or MaxTTL is out of order.');
  }
}

const nothingInKey: XmlTree = {
  EnableAcceptEncodingGzip: 'false',
  EnableAcceptEncodingBrotli: 'false',
  HeadersConfig: { HeaderBehavior: 'none' },
  CookiesConfig: { CookieBehavior: 'none' },
  QueryStringsConfig: { QueryStringBehavior: 'none' },
};
