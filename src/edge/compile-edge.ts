import type { EdgeProgram, EdgeSecret } from '../model/edge-program.ts';
import type { EdgeLayout, EdgeSource } from '../model/edge-source.ts';
import { ownNotFoundKey } from '../model/state-keys.ts';
import { type CompiledRules, compileRules } from './compile/compile-rules.ts';
import { checkSize, type FunctionText, maxTextBytes } from './compile/text-parts.ts';
import { guessFor, viewerRequestText } from './compile/viewer-request.ts';
import { viewerResponseText } from './compile/viewer-response.ts';
import type { EdgeTools } from './edge-tools.ts';
import { exceptionsTo, pathKind, type SiteShape, siteShape } from './site-shape.ts';
import { packPaths } from './store/pack-paths.ts';

export interface EdgeInput {
  /** Keys of the build, and those that are kept for open tabs. */
  readonly keys: readonly string[];
  readonly source: EdgeSource;
  /** How the last deploy laid out the store; null at first. */
  readonly layout?: EdgeLayout | null;
  /** `keep` takes the layout as it is for as long as everything fits. */
  readonly relayout?: 'when sparse' | 'keep';
  /** `on` leaves in what tells which part of the text decided. */
  readonly trace?: 'on' | 'off';
  readonly tools: EdgeTools;
}

export interface CompiledEdge {
  readonly program: EdgeProgram;
  readonly layout: EdgeLayout;
  readonly warnings: readonly string[];
}

/**
 * Everything that runs at the edge of a site. Paths that the site's rule does not tell rightly are in the text while they
 * fit; else, and where the function must know what exists, the store holds an index of all paths. Without a store pages
 * then answer under their own file names. Throws `E_EDGE_SIZE` where the text is too large all the same.
 */
export function compileEdge(input: EdgeInput): CompiledEdge {
  const chosen = chooseWay(partsOf({ ...input, trace: 'off' }));
  const untraced = finish(chosen.parts, chosen.knowing);
  if (input.trace !== 'on') return untraced;
  // What a trace adds decides nothing, and is refused no sooner: the text is made the way it is made without.
  const parts = partsOf(input);
  return finish(parts, ways[chosen.way](parts));
}

function partsOf(input: EdgeInput): Parts {
  const shape = siteShape(input.keys);
  return { input, shape, rules: rulesOf(input, shape), errors: errorFolders(input.keys, input.source) };
}

interface Choice {
  readonly parts: Parts;
  readonly way: keyof typeof ways;
  readonly knowing: Knowing;
}

function chooseWay(parts: Parts): Choice {
  const { rules, errors } = parts;
  const { index } = parts.input.source;
  const mustIndex = index === 'needed' || (index === 'auto' && (errors.length > 0 || rules.needsIndex));
  const plain = mustIndex ? null : withoutIndex(parts);
  if (plain !== null && plain.request.bytes <= maxTextBytes) return { parts, way: 'plain', knowing: plain };
  const way = index === 'never' ? 'byFileName' : 'indexed';
  return { parts, way, knowing: ways[way](parts) };
}

interface Parts {
  readonly input: EdgeInput;
  readonly shape: SiteShape;
  readonly rules: CompiledRules;
  readonly errors: readonly string[];
}

/** A way to know the site's paths. */
interface Knowing {
  readonly request: FunctionText;
  readonly paths: number | null;
  readonly store: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

function withoutIndex({ input, shape, rules }: Parts): Knowing {
  const rule = guessFor(input.source, shape.rule, null);
  const request = viewerRequestText({
    ...{ source: input.source, rules, rule, known: exceptionsTo(rule, shape), paths: null, errors: [] },
    ...{ response: hasResponse(input.source, rules, null), trace: input.trace ?? 'off', tools: input.tools },
  });
  return { request, paths: null, store: new Map(), warnings: [] };
}

function withIndex({ input, shape, rules, errors }: Parts): Knowing {
  const { source, tools, layout, relayout, trace = 'off' } = input;
  const before = { bits: layout?.paths ?? null, least: relayout === 'keep' ? 0 : 1 / 8 };
  const { bits, store, collided } = packPaths({ kinds: shape.kinds, digest: tools.digest, before });
  const request = viewerRequestText({
    ...{ source, rules, rule: shape.rule, known: collided, paths: bits, errors, trace, tools },
    response: hasResponse(source, rules, bits),
  });
  return { request, paths: bits, store, warnings: [] };
}

/** Only what cannot be told from the path itself is in the text: files without an ending. */
function byFileName({ input, shape, rules }: Parts): Knowing {
  const rule = guessFor(input.source, pathKind.folder, null);
  const files = exceptionsTo(rule, shape).filter(([, kind]) => kind & pathKind.file);
  const count = exceptionsTo(guessFor(input.source, shape.rule, null), shape).length - files.length;
  const request = viewerRequestText({
    source: { ...input.source, cleanUrls: false },
    ...{ rules, rule, known: files, paths: null, errors: [] },
    ...{ response: hasResponse(input.source, rules, null), trace: input.trace ?? 'off', tools: input.tools },
  });
  return {
    ...{ request, paths: null, store: new Map() },
    warnings: [
      `${count} pages do not fit the site's rule for clean URLs; all pages answer under their file names instead`,
    ],
  };
}

const ways = { plain: withoutIndex, byFileName, indexed: withIndex } as const;

function finish({ input, rules }: Parts, { request, paths, store, warnings }: Knowing): CompiledEdge {
  const { source, tools } = input;
  const response = hasResponse(source, rules, paths) === 'there' ? viewerResponseText(source, tools) : null;
  // A traced text runs in a sandbox only.
  for (const text of [request, response]) if (text !== null && input.trace !== 'on') checkSize(text);
  const program = {
    viewerRequest: request.text,
    viewerResponse: response?.text ?? null,
    store: new Map([...store, ...rules.store]),
    secrets: secretsOf(source),
    initial: new Map(source.maintenance === null ? [] : [['maintenance', 'off']]),
  };
  return { program, layout: { paths, rules: rules.bits }, warnings };
}

function rulesOf({ source, layout, relayout, trace, tools }: EdgeInput, { kinds }: SiteShape): CompiledRules {
  const paths = [...kinds.keys()].flatMap((path) => [`/${path}`, `/${path}/`]);
  const pages = [...kinds].flatMap(([path, kind]) =>
    kind & ~pathKind.file ? [`/${path}.html`, `/${path}/index.html`] : [],
  );
  return compileRules({
    rules: source.redirects,
    paths: new Set(source.redirects.length === 0 ? [] : ['/', '/index.html', ...paths, ...pages]),
    digest: tools.digest,
    before: { bits: layout?.rules ?? null, least: relayout === 'keep' ? 0 : 1 / 8 },
    store: source.index === 'never' ? 'absent' : 'there',
    trace: trace ?? 'off',
  });
}

/** Folders below the root with a 404 page of their own. */
const errorFolders = (keys: readonly string[], { notFound }: EdgeSource): readonly string[] =>
  keys
    .filter((key) => key.endsWith('/404.html') && key !== notFound && key !== ownNotFoundKey)
    .map((key) => key.slice(0, -'/404.html'.length))
    .sort();

/** Whether a status, a header or the user has to be heard once the answer is there. */
function hasResponse(source: EdgeSource, rules: CompiledRules, paths: number | null): 'there' | 'absent' {
  const { auth, maintenance, headers, handlers } = source;
  const needed =
    paths !== null || rules.statuses || auth !== null || (maintenance !== null && maintenance.page !== null);
  return needed || headers.length > 0 || handlers.viewerResponse !== null ? 'there' : 'absent';
}

function secretsOf({ auth }: EdgeSource): ReadonlyMap<string, EdgeSecret> {
  const users = (auth?.users ?? []).map((user): [string, EdgeSecret] => [
    `u/${encodeURIComponent(user)}`,
    { kind: 'password', user },
  ]);
  return new Map(auth?.jwt === true ? [...users, ['jwt', { kind: 'jwtKey' }]] : users);
}
