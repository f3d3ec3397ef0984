/** What a conditional read is held against. */
export interface Validators {
  /** Without quotes. */
  readonly etag: string;
  /** Milliseconds, whole seconds. */
  readonly lastModified: number;
}

export interface ReadConditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
  readonly ifModifiedSince?: string | undefined;
  readonly ifUnmodifiedSince?: string | undefined;
}

/**
 * Judges the conditions of a GET or HEAD as RFC 9110 (13.2.2) orders them: If-Match before If-Unmodified-Since, which it
 * replaces, and If-None-Match before If-Modified-Since.
 */
export function judgeRead(conditions: ReadConditions, validators: Validators): 'ok' | 'not-modified' | 'failed' {
  const { ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince } = conditions;
  if (ifMatch !== undefined) {
    if (!isEtagIn(ifMatch, validators.etag)) return 'failed';
  } else if (isLater(validators.lastModified, ifUnmodifiedSince)) return 'failed';
  if (ifNoneMatch !== undefined) return isEtagIn(ifNoneMatch, validators.etag) ? 'not-modified' : 'ok';
  const since = Date.parse(ifModifiedSince ?? '');
  return !Number.isNaN(since) && validators.lastModified <= since ? 'not-modified' : 'ok';
}

/** Whether a list of entity tags (`"a", W/"b"`, `*`, or bare) holds `etag`. */
export function isEtagIn(list: string, etag: string): boolean {
  return list.split(',').some((item) => {
    const tag = bareEtag(item);
    return tag === '*' || tag === etag;
  });
}

/** An entity tag without quotes and weakness. */
export function bareEtag(text: string): string {
  return text
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
}

function isLater(lastModified: number, date: string | undefined): boolean {
  const parsed = Date.parse(date ?? '');
  return !Number.isNaN(parsed) && lastModified > parsed;
}
