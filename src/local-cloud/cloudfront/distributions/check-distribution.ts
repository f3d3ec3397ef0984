import { type XmlTree, xmlChild } from '../../xml.ts';
import type { Call } from '../call.ts';
import { cloudFrontFault } from '../cloudfront-fault.ts';
import { textAt } from '../tree.ts';
import { checkBehaviors } from './check-behaviors.ts';
import { checkErrorResponses } from './check-error-responses.ts';
import { checkNames } from './check-names.ts';
import { checkOrigins } from './check-origins.ts';

/**
 * The rules between a distribution's members, for a config whose shape is right and whose defaults are filled in.
 * `own` is the id of the distribution that is updated.
 * @throws ServiceFault with the code of the first rule that is broken.
 */
export function checkDistribution(call: Call, config: XmlTree, own?: string): void {
  // "The comment cannot be longer than 128 characters." [dts DistributionConfig]
  if (textAt(config, 'Comment').length > 128) {
    throw cloudFrontFault('InvalidArgument', 'The parameter Comment is too long.');
  }
  checkRootObject(textAt(config, 'DefaultRootObject'));
  checkOrigins(call, config, own);
  checkBehaviors(call, config, own);
  checkErrorResponses(xmlChild(config, 'CustomErrorResponses'));
  checkNames(call, config, own);
}

/**
 * "Your string can't begin with a forward slash (/)." [dts DefaultRootObject]; at most 255 characters out of letters,
 * digits and `_ - . * $ / ~ " ' &` [cfg23 distribution settings].
 */
function checkRootObject(name: string): void {
  if (!/^[\w.*$~"'&-][\w.*$/~"'&-]{0,254}$|^$/.test(name)) throw cloudFrontFault('InvalidDefaultRootObject');
}
