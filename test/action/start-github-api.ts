import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoredComment {
  readonly id: number;
  body: string;
}

/** The part of GitHub's API that writes comments, on loopback. */
export interface GithubApi {
  readonly url: string;
  /** Comments by number of the pull request, oldest first. */
  readonly comments: Map<number, StoredComment[]>;
  /** `METHOD path authorization` of each request. */
  readonly asked: string[];
  /** Answers every request with this status from now on; 0 is as usual. */
  fail(status: number): void;
  close(): Promise<void>;
}

export async function startGithubApi(): Promise<GithubApi> {
  const comments = new Map<number, StoredComment[]>();
  const asked: string[] = [];
  let failure = 0;
  let ids = 0;
  const answer = (method: string, url: URL, body: string): readonly [number, unknown] => {
    if (failure !== 0) return [failure, { message: 'no' }];
    const [, number] = /^\/repos\/octocat\/docs\/issues\/(\d+)\/comments$/.exec(url.pathname) ?? [];
    const [, id] = /^\/repos\/octocat\/docs\/issues\/comments\/(\d+)$/.exec(url.pathname) ?? [];
    const text = body === '' ? '' : (JSON.parse(body) as { readonly body: string }).body;
    if (method === 'PATCH' && id !== undefined) {
      const found = [...comments.values()].flat().find((comment) => comment.id === Number(id));
      if (found === undefined) return [404, {}];
      found.body = text;
      return [200, found];
    }
    if (number === undefined) return [404, {}];
    const list = comments.get(Number(number)) ?? [];
    comments.set(Number(number), list);
    if (method === 'POST') {
      ids += 1;
      list.push({ id: ids, body: text });
      return [201, list.at(-1)];
    }
    const [size, page] = ['per_page', 'page'].map((name) => Number(url.searchParams.get(name)));
    return [200, list.slice((size ?? 0) * ((page ?? 1) - 1), (size ?? 0) * (page ?? 1))];
  };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const { method = '', url = '/', headers } = request;
      asked.push(`${method} ${url} ${headers.authorization}`);
      const [status, value] = answer(method, new URL(url, 'http://api'), body);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ comments, asked },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail(status) {
      failure = status;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
