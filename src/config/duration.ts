/** Seconds of a duration like `30s`, `5m`, `12h` or `14d`; `0` needs no unit. `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const [, count = '', unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * (secondsPer[unit] ?? Number.NaN);
  return Number.isSafeInteger(seconds) ? seconds : undefined;
}

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
