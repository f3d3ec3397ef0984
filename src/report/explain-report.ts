import type { CacheAges, Explanation, Hop, HopAnswer } from '../plan/explain/explanation.ts';
import { escapeName } from './escape-name.ts';
import { row } from './format.ts';

/** What a site does with a request. */
export interface ExplainReport extends Explanation {
  readonly site: string;
  readonly from: 'build' | 'live';
  /** The live release; null of a build. */
  readonly release: string | null;
  readonly warnings: readonly string[];
}

/** The explanation as programs read it. */
export const explainObject = (report: ExplainReport): object => ({ schema: 1, ok: true, exit: 0, ...report });

/** The explanation for people: a line a hop, then what there is to say of the last. */
export function renderExplanation({ hops, end }: ExplainReport): readonly string[] {
  const last = hops.at(-1);
  const width = Math.min(40, Math.max(13, ...hops.map(({ path }) => escapeName(path).length)));
  return [
    ...hops.flatMap((hop) => renderHop(hop, width)),
    ...(last === undefined ? [] : [...renderHeaders(last), ...renderPurge(last)]),
    ...(end === 'answered' ? [] : [row('Ends', ends[end])]),
  ];
}

const ends = {
  elsewhere: 'the redirect leads away from this site',
  circle: 'the redirects go in a circle, until the browser gives up',
  'too many redirects': 'no more than 10 redirects are followed',
} as const satisfies Record<Exclude<Explanation['end'], 'answered'>, string>;

function renderHop({ path, answer, cache, causes }: Hop, width: number): readonly string[] {
  const told = causes.map(({ where, text }) => (where === null ? text : `${where}  ${text}`)).map(escapeName);
  const kept = answer.kind === 'file' && cache !== null ? tellAges(cache) : '';
  const [first = '', ...rest] = [...told, ...(kept === '' ? [] : [kept])];
  const head = `  ${escapeName(path).padEnd(width)} → ${tellAnswer(answer).padEnd(38)}`;
  return [`${head}  ${first}`.trimEnd(), ...rest.map((line) => `${' '.repeat(head.length)}  ${line}`)];
}

function tellAnswer(answer: HopAnswer): string {
  switch (answer.kind) {
    case 'redirect':
      return `${answer.status} ${escapeName(answer.location)}`;
    case 'file':
      return `${answer.status} ${escapeName(answer.key)}`;
    case 'text':
      return `${answer.status}`;
    case 'origin':
      return `another server: ${escapeName(answer.path)}`;
    case 'failed':
      return `${answer.status} the function failed: ${escapeName(answer.message)}`;
  }
}

function tellAges({ edgeSeconds, browserSeconds }: CacheAges): string {
  const edge = edgeSeconds === 0 ? 'not kept at the edge' : `kept at the edge for ${formatAge(edgeSeconds)}`;
  if (browserSeconds === 0) return `${edge}; browsers ask each time`;
  return `${edge}; browsers keep it ${browserSeconds === null ? 'as they like' : `for ${formatAge(browserSeconds)}`}`;
}

/** `1 day`, `365 days`, `10 minutes`; the largest unit that comes out even. */
function formatAge(seconds: number | null): string {
  if (seconds === null) return 'a time that nobody says';
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
  ] as const;
  const [size, name] = units.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, 'second'];
  return `${seconds / size} ${name}${seconds === size ? '' : 's'}`;
}

function renderHeaders({ headers }: Hop): readonly string[] {
  const lines = headers.map(({ name, value, from }) => [
    `${name}${value === null ? ' is taken away' : `: ${value}`}`,
    from,
  ]);
  const width = Math.min(80, Math.max(0, ...lines.map(([text = '']) => text.length)));
  return lines.map(([text = '', from = ''], i) =>
    row(i === 0 ? 'headers' : '', `${escapeName(text).padEnd(width)}   ${escapeName(from)}`),
  );
}

function renderPurge({ purgedBy }: Hop): readonly string[] {
  if (purgedBy === null) return [];
  const { path, tags } = purgedBy;
  const named = tags.length === 0 ? '' : `, or ${tags.length === 1 ? 'tag' : 'tags'} ${tags.join(' ')}`;
  return [row('purged by', escapeName(`path ${path}${named}`))];
}
