/** A rule of `PUT /_cdnpub/faults`. */
export interface FaultRule {
  readonly match: FaultMatch;
  /** So many matching requests pass first. */
  readonly skip?: number;
  /** The rule is used up after so many. */
  readonly times?: number;
  readonly do: FaultAction;
}

export interface FaultMatch {
  readonly service?: string;
  /** AWS name of the operation. */
  readonly op?: string;
  /** `account`, `service` (the edge asking its origin) or `anonymous`. */
  readonly caller?: string;
  /** An S3 key, exact or ending in `*`. */
  readonly key?: string;
  readonly method?: string;
  /** The how-manieth request of the account since the rules were set, from 1; of all services together. */
  readonly index?: number;
}

export type FaultAction =
  | { readonly latencyMs: number }
  | { readonly status: number; readonly code?: string }
  | { readonly reset: 'before' | 'after' }
  | { readonly bytesPerSecond: number }
  /** The request is applied and its reply kept back until the rules are cleared. */
  | { readonly hold: true }
  /** The hook is called and no answer ever given; `true` is `after`: the request is applied first. */
  | { readonly kill: true | 'before' | 'after' }
  /** The connection is cut at once; the request is applied so many milliseconds later, as things are then. */
  | { readonly land: number }
  /** What goes beyond so many requests within a second is a 503 SlowDown; what does not falls to the next rule. */
  | { readonly perSecond: number };

/**
 * Reads `{"rules":[…]}`.
 * @throws TypeError with a sentence for whoever wrote the rules.
 */
export function parseFaultRules(text: string): readonly FaultRule[] {
  const parsed: unknown = parseJson(text);
  const rules = isRecord(parsed) ? parsed.rules : undefined;
  if (!Array.isArray(rules)) throw new TypeError('The body must be {"rules":[…]}.');
  return rules.map((rule: unknown, at) => readRule(rule, `rules[${at}]`));
}

function readRule(rule: unknown, at: string): FaultRule {
  if (!isRecord(rule)) throw new TypeError(`${at} must be an object.`);
  const unknown = Object.keys(rule).filter((name) => !['match', 'skip', 'times', 'do'].includes(name));
  if (unknown.length > 0) throw new TypeError(`${at} has no field "${unknown[0]}".`);
  return {
    match: readMatch(rule.match ?? {}, `${at}.match`),
    ...(rule.skip === undefined ? {} : { skip: readCount(rule.skip, `${at}.skip`) }),
    ...(rule.times === undefined ? {} : { times: readCount(rule.times, `${at}.times`) }),
    do: readAction(rule.do, `${at}.do`),
  };
}

function readMatch(match: unknown, at: string): FaultMatch {
  if (!isRecord(match)) throw new TypeError(`${at} must be an object.`);
  for (const [name, value] of Object.entries(match)) {
    if (!['service', 'op', 'caller', 'key', 'method', 'index'].includes(name))
      throw new TypeError(`${at} has no field "${name}".`);
    if (name === 'index') readCount(value, `${at}.index`);
    else if (typeof value !== 'string') throw new TypeError(`${at}.${name} must be a string.`);
  }
  return match;
}

function readAction(action: unknown, at: string): FaultAction {
  if (!isRecord(action)) throw new TypeError(`${at} must be an object.`);
  const { latencyMs, status, code, reset, bytesPerSecond, hold, kill, land, perSecond } = action;
  if (latencyMs !== undefined) return { latencyMs: readCount(latencyMs, `${at}.latencyMs`) };
  if (bytesPerSecond !== undefined)
    return { bytesPerSecond: Math.max(1, readCount(bytesPerSecond, `${at}.bytesPerSecond`)) };
  if (reset === 'before' || reset === 'after') return { reset };
  if (hold === true) return { hold };
  if (kill === true || kill === 'before' || kill === 'after') return { kill };
  if (land !== undefined) return { land: readCount(land, `${at}.land`) };
  if (perSecond !== undefined) return { perSecond: readCount(perSecond, `${at}.perSecond`) };
  if (status === undefined)
    throw new TypeError(`${at} must be one of latencyMs, status, reset, bytesPerSecond, hold, kill, land, perSecond.`);
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 200 || status > 599) {
    throw new TypeError(`${at}.status must be a status from 200 to 599.`);
  }
  return typeof code === 'string' ? { status, code } : { status };
}

function readCount(value: unknown, at: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new TypeError(`${at} must be a number from 0.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError('The body must be JSON.');
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
