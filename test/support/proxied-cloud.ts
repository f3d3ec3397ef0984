import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A local cloud behind TLS, under names that nobody resolves, and a proxy that is the only way to it. */
export interface ProxiedCloud {
  /** Address of the proxy, with the name and password that it wants. */
  readonly proxy: string;
  /** Where AWS is: `https://aws.cdnpub.test`, a bucket at `BUCKET.aws.cdnpub.test`. */
  readonly endpoint: string;
  /** PEM file of the authority that signed its certificate. */
  readonly authority: string;
  /** `HOST:PORT` that the proxy was asked for, one for each connection. */
  readonly tunnels: string[];
  /** `HOST PATH` of each request that came through. */
  readonly seen: string[];
  close(): Promise<void>;
}

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
const userinfo = 'ann:secret';

export async function startProxiedCloud(cloudEndpoint: string): Promise<ProxiedCloud> {
  const tunnels: string[] = [];
  const seen: string[] = [];
  const pem = { cert: readFileSync(fixture('cert.pem')), key: readFileSync(fixture('key.pem')) };
  const front = createTlsServer(pem, (request, response) => {
    seen.push(`${request.headers.host} ${request.url}`);
    if (!answerAlone(request, response)) forward(request, response, Number(new URL(cloudEndpoint).port));
  });
  const proxy = createServer((_, response) => void response.writeHead(400).end());
  const frontPort = await listen(front);
  proxy.on('connect', ({ url = '', headers }, socket) => {
    tunnels.push(url);
    const isKnown = headers['proxy-authorization'] === `Basic ${Buffer.from(userinfo).toString('base64')}`;
    socket.on('error', () => {});
    if (!isKnown) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const through = connect(frontPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(through).pipe(socket);
    });
    through.on('error', () => socket.destroy());
  });
  const port = await listen(proxy);
  return {
    ...{ tunnels, seen, endpoint: 'https://aws.cdnpub.test', authority: fixture('ca.pem') },
    proxy: `http://${userinfo}@127.0.0.1:${port}`,
    close: async () => {
      for (const server of [proxy, front]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Hands a request on to the cloud, which knows buckets by path and takes itself for `localhost`. */
function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { host = '', ...headers } = request.headers;
  const [, label] = /^([^.]+)\.aws\./.exec(host) ?? [];
  // The KeyValueStore's client puts the account before the host, S3's the bucket.
  const bucket = label === undefined || /^\d{12}$/.test(label) ? '' : `/${label}`;
  const options = { port, host: '127.0.0.1', method: request.method ?? 'GET', path: `${bucket}${request.url}` };
  const onward = httpRequest({ ...options, headers: { ...headers, host: `localhost:${port}` } }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

const keys = { accessKeyId: 'ASIAPROXIED', secretAccessKey: 'secret', sessionToken: 'session' };

/** What hands out credentials, which the local cloud does not have: SSO's portal, and roles by web identity. */
function answerAlone(request: IncomingMessage, response: ServerResponse): boolean {
  if (request.url?.startsWith('/federation/credentials')) {
    const roleCredentials = { ...keys, expiration: Date.now() + 3_600_000 };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ roleCredentials }));
    return true;
  }
  // Who asks for a role by a token has no key to sign with yet.
  if (request.method !== 'POST' || request.headers.authorization !== undefined) return false;
  const { accessKeyId, secretAccessKey, sessionToken } = keys;
  const credentials = `<AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>`;
  const result = `<AssumeRoleWithWebIdentityResult><Credentials>${credentials}</Credentials></AssumeRoleWithWebIdentityResult>`;
  response
    .writeHead(200, { 'content-type': 'text/xml' })
    .end(
      `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${result}</AssumeRoleWithWebIdentityResponse>`,
    );
  return true;
}
