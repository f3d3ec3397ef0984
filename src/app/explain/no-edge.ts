import { CdnpubError } from '../../model/cdnpub-error.ts';

/** A site whose requests pass no function. */
export const noEdge = (site: string): CdnpubError =>
  new CdnpubError('E_CONFIG', {
    message: `no edge of ${site} is known, so there is nothing to explain`,
    hints: [
      'cdnpub explain /path DIR explains a build',
      'without a distribution a bucket answers by its keys, and by no rule',
    ],
  });
