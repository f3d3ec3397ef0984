import type { CdnpubError } from '../model/cdnpub-error.ts';
import { escapeName } from './escape-name.ts';

/** An error or refusal for people: what happened, and what to type next. */
export function renderError({ code, message, hints }: CdnpubError): readonly string[] {
  const [first = '', ...rest] = message.split('\n');
  return [
    `  ✖ ${escapeName(first)} (${code})`,
    ...rest.map((line) => `    ${escapeName(line)}`),
    ...hints.map((hint, index) => `    ${index === 0 ? 'Try ' : 'or  '} ${escapeName(hint)}`),
  ];
}
