import { type IncomingMessage, request as plain } from 'node:http';
import { request as encrypted } from 'node:https';
import type { PublicAnswer } from '../../model/ports.ts';
import type { Connection } from '../connect.ts';

const patienceMs = 10_000;
/** What is asked for is small; of anything else the beginning will do. */
const mostBytes = 64_000;

/** Asks an address as anybody would, without credentials, over the run's connections; undefined where nobody answers. */
export function readPublicly(connection: Connection, url: string): Promise<PublicAnswer | undefined> {
  const { httpAgent, httpsAgent } = connection.clientConfig('s3', connection.region ?? 'us-east-1').requestHandler;
  const isPlain = url.startsWith('http:');
  return new Promise((resolve) => {
    const options = { agent: isPlain ? httpAgent : httpsAgent, timeout: patienceMs };
    const asked = (isPlain ? plain : encrypted)(url, options, (response) => {
      readText(response).then((text) => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const part of response.setEncoding('utf8')) {
      text += part;
      if (text.length > mostBytes) break;
    }
  } catch {
    // What came before the connection broke is all that there is.
  }
  return text;
}
