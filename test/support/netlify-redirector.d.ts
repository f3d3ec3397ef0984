/** Netlify's matcher, compiled to WebAssembly; the package has no types of its own. */
declare module 'netlify-redirector' {
  interface Request {
    readonly scheme: 'http' | 'https';
    readonly host: string;
    readonly path: string;
    readonly query: string;
    getHeader(name: string): string;
    getCookie(name: string): string;
  }

  interface Match {
    readonly from: string;
    readonly to: string;
    readonly status: number;
    readonly force: boolean;
  }

  interface Matcher {
    match(request: Request): Match | null | undefined;
  }

  const redirector: { parsePlain(rules: string, options: object): Promise<Matcher> };
  export default redirector;
}
