import type { CdnpubError } from '../model/cdnpub-error.ts';

/** An error or refusal for people: what happened, and what to type next. */
export function renderError({ code, message, hints }: CdnpubError): readonly string[] {
  const [first = '', ...rest] = message.split('\n');
  return [
    `  ✖ ${first} (${code})`,
    ...rest.map((line) => `    ${line}`),
    ...hints.map((hint, index) => `    ${index === 0 ? 'Try ' : 'or  '} ${hint}`),
  ];
}
