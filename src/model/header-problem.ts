/** What is wrong with a header's name or value; `undefined` where nothing is. */
export const headerProblem = {
  /** RFC 9110 §5.1 and §5.6.2. */
  name: (name: string): string | undefined => {
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name)) return 'this is no header name';
    return name.toLowerCase() === 'x-amz-meta-cache-tag' ? 'cdnpub uses this header itself' : undefined;
  },
  /** Printable ASCII: S3 garbles anything else, and a line break would begin another header. */
  value: (value: string): string | undefined => {
    if (/[\r\n]/.test(value)) return 'a header value has no line breaks';
    if (!/^[\t\x20-\x7e]*$/.test(value)) return 'a header value has only printable ASCII characters';
    return value.trim() === '' ? 'a header value is not empty; "unset" takes a header away' : undefined;
  },
} as const;
