const mebibyte = 1_048_576;

/** Up to here an object is written by one request where the line is fast enough. */
const largestWhole = 16 * mebibyte;
const usualPart = 8 * mebibyte;
/** S3: parts have at least 5 MiB, but for the last one, and there are at most 10,000. */
const leastPart = 5 * mebibyte;
const mostParts = 10_000;
/** A request is cut after 30 s; what would take longer than half of that goes in parts. */
const longestSeconds = 15;

/** Bytes of each part, or undefined where the object goes up whole. `bytesPerSecond`: of the line, where it is known. */
export function partSizeFor(size: number, bytesPerSecond: number | undefined): number | undefined {
  const isInTime = (bytes: number) => bytesPerSecond === undefined || bytes <= bytesPerSecond * longestSeconds;
  if (size <= leastPart || (size <= largestWhole && isInTime(size))) return undefined;
  return Math.max(isInTime(usualPart) ? usualPart : leastPart, Math.ceil(size / mostParts));
}
