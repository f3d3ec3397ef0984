import type { CacheAges } from './explanation.ts';

/**
 * How long an object is kept: at the edge by its own Cache-Control under cdnpub's cache policy (0, a day where nothing is
 * said, a year), in browsers by what they are sent. An `Expires` is left to whoever reads clocks.
 */
export function cacheAges(sent: {
  /** Cache-Control stored with the object. */
  readonly stored: string | undefined;
  /** Cache-Control as browsers get it. */
  readonly shown: string | undefined;
}): CacheAges {
  return { edgeSeconds: edgeSeconds(sent.stored), browserSeconds: browserSeconds(sent.shown) };
}

/** How long browsers keep an answer without asking: null where nothing is said. */
export function browserSeconds(control: string | undefined): number | null {
  if (control === undefined) return null;
  if (hasDirective(control, 'no-store') || hasDirective(control, 'no-cache')) return 0;
  return secondsOf(control, 'max-age') ?? null;
}

function edgeSeconds(control: string | undefined): number {
  if (control === undefined) return defaultSeconds;
  if (['no-store', 'no-cache', 'private'].some((name) => hasDirective(control, name))) return 0;
  return Math.min(secondsOf(control, 's-maxage') ?? secondsOf(control, 'max-age') ?? defaultSeconds, mostSeconds);
}

const defaultSeconds = 86_400;
const mostSeconds = 31_536_000;

const hasDirective = (control: string, name: string): boolean =>
  new RegExp(`(?:^|[\\s,])${name}(?:$|[\\s,=])`, 'i').test(control);

function secondsOf(control: string, name: string): number | undefined {
  const found = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*"?(\\d+)`, 'i').exec(control)?.[1];
  return found === undefined ? undefined : Number(found);
}
