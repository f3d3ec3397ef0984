import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A rule as Cloudflare's own tools hand it to the worker. */
export interface WorkerRule {
  readonly from: string;
  readonly to: string;
  readonly status: number;
}

/** Rules for headers by their path, as Cloudflare's own tools hand them to the worker. */
export type WorkerHeaders = Readonly<
  Record<string, { readonly set: Readonly<Record<string, string>>; readonly unset: readonly string[] }>
>;

/** What a request comes to: an answer, and the path that was looked for in the assets at last. */
export interface WorkerAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly location: string | null;
  readonly asset: string | undefined;
}

/**
 * Cloudflare's asset worker, which judges redirects before anything else, with these rules. It holds every asset, and puts headers on it. Rules
 * without placeholders are looked up, but for those that follow one with a placeholder.
 */
export async function openAssetWorker(
  rules: readonly WorkerRule[],
  headers: WorkerHeaders = {},
): Promise<(url: string) => Promise<WorkerAnswer>> {
  const firstDynamic = rules.findIndex(({ from }) => isDynamic(from));
  const isStatic = (index: number) => firstDynamic < 0 || index < firstDynamic;
  const numbered = rules.map(({ from, to, status }, index) => [from, { to, status, lineNumber: index + 1 }] as const);
  const redirects = {
    version: 1,
    staticRules: Object.fromEntries(numbered.filter((_, index) => isStatic(index)).reverse()),
    rules: Object.fromEntries(numbered.filter((_, index) => !isStatic(index))),
  };
  const AssetWorker = await loadWorker();
  return async (url) => {
    const worker = new AssetWorker({ waitUntil() {} }, environment(redirects, headers));
    let asset: string | undefined;
    worker.unstable_exists = async (path) => {
      asset = path;
      return 'etag';
    };
    worker.unstable_getByETag = async () => ({ readableStream: null, contentType: 'text/html', cacheStatus: 'HIT' });
    const answer = await worker.fetch(new Request(url));
    return { status: answer.status, headers: answer.headers, location: answer.headers.get('location'), asset };
  };
}

const isDynamic = (from: string): boolean => /\*|:[A-Za-z]\w*/.test(from);

interface AssetWorker {
  fetch(request: Request): Promise<Response>;
  unstable_exists: (path: string) => Promise<string | null>;
  unstable_getByETag: () => Promise<object>;
}

type AssetWorkerClass = new (context: object, environment: object) => AssetWorker;

/** The bundle as it is published, with a stand-in for the one module that only Cloudflare's runtime has. */
async function loadWorker(): Promise<AssetWorkerClass> {
  const root = dirname(createRequire(import.meta.url).resolve('@cloudflare/workers-shared/package.json'));
  const text = readFileSync(join(root, 'dist/asset-worker.mjs'), 'utf8');
  const standIn = 'export class WorkerEntrypoint { constructor(ctx, env) { this.ctx = ctx; this.env = env; } }';
  const bundle = text.replace('"cloudflare:workers"', JSON.stringify(asModule(standIn)));
  const { default: worker }: { default: AssetWorkerClass } = await import(/* @vite-ignore */ asModule(bundle));
  return worker;
}

const asModule = (text: string): string => `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;

const span = { setTags() {}, addLogs() {} };

const environment = (redirects: object, rules: WorkerHeaders) => ({
  CONFIG: {
    ...{ account_id: 1, script_id: 2, html_handling: 'none', not_found_handling: 'none', has_static_routing: false },
    redirects,
    headers: { version: 2, rules },
  },
  JAEGER: {
    enterSpan: (_name: string, run: (found: typeof span) => unknown) => run(span),
    runWithSpanContext: (_context: unknown, run: () => unknown) => run(),
    getSpanContext: () => ({}),
  },
  UNSAFE_PERFORMANCE: { now: () => 0, timeOrigin: 0 },
  ANALYTICS: { logEvent() {} },
  ASSETS_MANIFEST: new ArrayBuffer(0),
  ASSETS_KV_NAMESPACE: {},
});
