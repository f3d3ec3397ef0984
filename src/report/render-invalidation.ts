import type { InvalidationBatch } from '../model/plan.ts';
import { escapeName } from './escape-name.ts';
import { count, formatBytes, formatPrice, row } from './format.ts';

/** Items named before the rest is counted. */
const shownItems = 3;

/** What edges will be told to forget, what that costs, and, where more is asked for, what else could have been told. */
export function renderInvalidation(
  batches: readonly InvalidationBatch[],
  { verbose }: { readonly verbose: boolean },
): readonly string[] {
  return batches.flatMap((batch, index) => {
    const { items, billable } = batch;
    const shown = verbose ? items : items.slice(0, shownItems);
    const names = `${shown.map(escapeName).join(' ')}${items.length > shown.length ? ' …' : ''}`;
    return [
      row(index === 0 ? 'Invalidates' : 'and later', `${count(billable, 'path')}, ${formatPrice(billable)}: ${names}`),
      ...(verbose ? alternatives(batch).map((text) => row('', text)) : []),
    ];
  });
}

function alternatives({
  covers,
  overcovers,
  overcoveredBytes,
  unchangedBytes,
  items,
}: InvalidationBatch): readonly string[] {
  const besides =
    overcovers === 0
      ? 'and nothing else'
      : `and ${count(overcovers, 'unchanged one')} (${formatBytes(overcoveredBytes)})`;
  return [
    `reaches ${count(covers, 'object')} that changed, ${besides}`,
    ...(covers > items.length ? [`a path for each would be ${covers}, ${formatPrice(covers)}`] : []),
    ...(items.includes('/*')
      ? []
      : [`/* would be 1 path and throw out ${formatBytes(unchangedBytes)} that did not change`]),
  ];
}
