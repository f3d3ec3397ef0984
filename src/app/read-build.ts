import type { Environment } from '../aws/connect.ts';
import { collectOrigins } from '../edge/collect-origins.ts';
import { collectRedirects } from '../edge/redirects/collect-redirects.ts';
import type { Asset } from '../model/asset.ts';
import { compareKeys } from '../model/compare-keys.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { hasEdge } from '../model/has-edge.ts';
import type { HeaderStatement } from '../model/header-statement.ts';
import type { Inventory, Scan } from '../model/inventory.ts';
import type { NamingRules } from '../model/naming-rules.ts';
import type { Notify } from '../model/progress.ts';
import type { Settings } from '../model/settings.ts';
import { ownNotFoundKey } from '../model/state-keys.ts';
import { checkLimits } from '../plan/assets/check-limits.ts';
import { describeAssets } from '../plan/assets/describe-assets.ts';
import type { SiteEdge } from '../plan/edge/plan-edge.ts';
import { lintHeaders } from '../plan/headers/lint-headers.ts';
import { type PlannedHeaders, planHeaders } from '../plan/headers/plan-headers.ts';
import { refuseDiagnostics } from '../plan/refuse-diagnostics.ts';
import { tellDiagnostic } from '../plan/tell-diagnostic.ts';
import { addressOf } from './address-of.ts';
import { digest } from './digest.ts';
import { edgeSecrets } from './edge-secrets.ts';
import { edgeSource } from './edge-source.ts';
import { edgeTools } from './edge-tools.ts';
import { findNaming } from './find-naming.ts';
import { readHandlers } from './read-handlers.ts';
import { siteEdge } from './site-edge.ts';
import { readTemplate } from './templates.ts';

/** The build as it is to be published, with what runs before it at the edge. */
export interface Build {
  readonly inventory: Inventory;
  readonly edge: SiteEdge;
  /** What is said of headers, and where each goes; null of a release, of which only the outcome is on record. */
  readonly headers: PlannedHeaders | null;
  /** What the generator that made it promises of its names. */
  readonly naming: NamingRules;
  /** Text of cdnpub's own 404 page, stored where the build brings none. */
  readonly ownNotFound: string;
  /** All that is to be said of `_redirects`, `_headers` and their like in the config. */
  readonly diagnostics: readonly Diagnostic[];
  readonly warnings: readonly string[];
}

/** Scans the directory and works out all that can be known without looking at AWS. Throws `E_DIR`, `E_RULES`. */
export async function readBuild(settings: Settings, notify: Notify, env: Environment): Promise<Build> {
  const readSecret = edgeSecrets(settings, env);
  const [found, notFoundText, tools, handlers] = await Promise.all([
    scanBuild(settings, notify),
    readTemplate('404.html'),
    edgeTools(),
    readHandlers(settings),
  ]);
  const naming = await namingOf(found);
  const ownNotFound = notFoundText.replace('href="/"', `href="${addressOf('', settings)}"`);
  const scan = placeFiles(found, settings.basePath);
  const hasOwn = scan.files.some(({ key }) => key === settings.notFound);
  const notFound = hasOwn ? settings.notFound : ownNotFoundKey;
  const served = { ...settings, cdn: hasEdge(settings) };
  const headers = planHeaders({ settings: served, text: scan.ruleFiles.headers, notFoundKey: notFound });
  const assets = describeBuild({ scan, settings, naming, ownNotFound, hasOwn, statements: headers.stored });
  const keys = assets.map(({ key }) => key);
  const redirects = collectRedirects({ text: scan.ruleFiles.redirects, settings: served, keys });
  const origins = served.cdn ? collectOrigins({ settings: settings.origins, proxies: redirects.proxies }) : [];
  const diagnostics = [...redirects.diagnostics, ...judgeHeaders(headers, keys, settings)];
  if (settings.strict) refuseDiagnostics(diagnostics);
  return {
    inventory: { ...scan, assets },
    edge: siteEdge(
      edgeSource({ settings, notFound, headers, redirects: redirects.rules, origins, handlers }),
      tools,
      readSecret,
    ),
    headers,
    naming,
    ownNotFound,
    diagnostics,
    warnings: diagnostics.filter(({ level }) => level !== 'notice').map(tellDiagnostic),
  };
}

async function scanBuild(settings: Settings, notify: Notify): Promise<Scan> {
  const { scanSite } = await import('../site/scan-site.ts');
  notify({ kind: 'started', phase: 'scan', total: 0, bytes: 0 });
  const scan = await scanSite({ root: settings.dir, ignore: settings.ignore });
  notify({ kind: 'finished', phase: 'scan', detail: `${scan.files.length} files` });
  return scan;
}

/** The files where the site lies among the keys; what is said of them goes by their names in the build. */
const placeFiles = (scan: Scan, basePath: string): Scan =>
  basePath === '' ? scan : { ...scan, files: scan.files.map((file) => ({ ...file, key: basePath + file.key })) };

async function namingOf({ root, files }: Scan): Promise<NamingRules> {
  const { readIndexHead } = await import('../site/read-index-head.ts');
  return findNaming(
    files.map(({ key }) => key),
    readIndexHead(root),
  );
}

/** The files with their headers, and cdnpub's own 404 page where the build has none and an edge would show it. */
function describeBuild(build: {
  readonly scan: Scan;
  readonly settings: Settings;
  readonly naming: NamingRules;
  readonly ownNotFound: string;
  readonly hasOwn: boolean;
  readonly statements: readonly HeaderStatement[];
}): readonly Asset[] {
  const { scan, settings, naming, hasOwn } = build;
  const bytes = new TextEncoder().encode(build.ownNotFound);
  const own = { key: ownNotFoundKey, source: ownNotFoundKey, size: bytes.length, sha256: digest(bytes) };
  const needed = hasEdge(settings) && scan.files.length > 0 && !hasOwn;
  const files = needed ? [...scan.files, own].sort((a, b) => compareKeys(a.key, b.key)) : scan.files;
  const assets = describeAssets({ files, settings, naming, statements: build.statements });
  checkLimits(assets, settings.prefix);
  return assets;
}

const judgeHeaders = (
  { statements, diagnostics }: PlannedHeaders,
  keys: readonly string[],
  { cleanUrls }: Settings,
): readonly Diagnostic[] => [...diagnostics, ...lintHeaders({ statements, keys, cleanUrls })];
