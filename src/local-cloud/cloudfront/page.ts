import type { XmlInput, XmlInputTree } from '../xml.ts';
import { cloudFrontFault } from './cloudfront-fault.ts';

/** One page of a listing: what comes after `Marker`, at most `MaxItems` of it (default and most: 100). */
export interface Page<T> {
  readonly items: readonly T[];
  readonly marker: string;
  readonly maxItems: number;
  /** Key of the last item of the page, where more follow. */
  readonly nextMarker?: string;
}

const mostItems = 100;

/** @throws ServiceFault InvalidArgument where Marker names nothing in the list or MaxItems is no positive number. */
export function pageOf<T>(all: readonly T[], query: URLSearchParams, keyOf: (item: T) => string): Page<T> {
  const maxItems = readMaxItems(query.get('MaxItems'));
  const marker = query.get('Marker') ?? '';
  const at = marker === '' ? 0 : all.findIndex((item) => keyOf(item) === marker) + 1;
  if (marker !== '' && at === 0) throw cloudFrontFault('InvalidArgument', 'The specified marker is not valid.');
  const items = all.slice(at, at + maxItems);
  const last = items.at(-1);
  const more = at + items.length < all.length;
  return { items, marker, maxItems, ...(more && last !== undefined ? { nextMarker: keyOf(last) } : {}) };
}

/** Listings of the first generation say `Marker` and `IsTruncated`. */
export function pageWithMarker<T>(page: Page<T>, name: string, write: (item: T) => XmlInput): XmlInputTree {
  return { Marker: page.marker, IsTruncated: page.nextMarker !== undefined, ...pageWithoutMarker(page, name, write) };
}

/** Later ones say only `NextMarker`, and only where more follow. */
export function pageWithoutMarker<T>(page: Page<T>, name: string, write: (item: T) => XmlInput): XmlInputTree {
  return {
    NextMarker: page.nextMarker,
    MaxItems: page.maxItems,
    Quantity: page.items.length,
    Items: page.items.length === 0 ? undefined : { [name]: page.items.map(write) },
  };
}

function readMaxItems(text: string | null): number {
  if (text === null || text === '') return mostItems;
  if (!/^[1-9]\d*$/.test(text)) throw cloudFrontFault('InvalidArgument', 'MaxItems must be a positive number.');
  return Math.min(Number(text), mostItems);
}
