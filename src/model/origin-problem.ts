/** What is wrong with another server's address, or with the paths that it answers; `undefined` where nothing is. */
export const originProblem = {
  /**
   * CloudFront reaches a server by its name, on port 80, 443 or 1024 to 65535 ("Origin domain", "HTTP port"), and puts a
   * folder before the path ("Origin path").
   */
  url: (value: string): string | undefined => {
    const [, scheme, host = '', port] =
      /^(https?):\/\/([^/:?#@]+)(?::(\d+))?(?:\/[\w.~!$&'()+;=:@%-]+)*$/i.exec(value) ?? [];
    if (scheme === undefined) return 'a server looks like https://api.example.com or https://api.example.com/v1';
    if (/^[\d.]+$/.test(host) || host.startsWith('['))
      return 'CloudFront needs the name of a server, not its IP address';
    if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i.test(host)) return `${host} is no name of a server`;
    const number = Number(port ?? 443);
    const isUsual = number === 80 || number === 443 || (number >= 1024 && number <= 65_535);
    return isUsual ? undefined : 'CloudFront reaches servers on port 80, 443 or 1024 to 65535';
  },
  /** AWS: "Path pattern", the characters it may have and its 255 of them. */
  pattern: (value: string): string | undefined => {
    if (!/^\/[\w.*$/~"'@:+?&-]*$/.test(value))
      return 'a path of another server has letters, digits and _-.*$/~"\'@:+?& only, and begins with /';
    if (value.length > 255) return `${value.length} characters are too many: at most 255`;
    return /^\/\**$/.test(value) ? 'another server cannot answer every path: name the folders, /api/*' : undefined;
  },
} as const;
