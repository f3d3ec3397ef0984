import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Sends signed requests over kept connections, and nothing else: `send(method, path, query, headers, body)`. */
export function openLine({ endpoint, connections }) {
  const { host, hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'lifo' });
  const once = (method, path, query, headers, body) =>
    new Promise((resolve, reject) => {
      const signed = sign({ method, host, path, query, headers, body });
      const length = body === undefined ? {} : { 'content-length': body.length };
      const options = { host: hostname, port, method, agent, path: query === '' ? path : `${path}?${query}` };
      const sent = request({ ...options, headers: { ...signed, ...length } }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode >= 300) reject(new Error(`${answer.statusCode} for ${path}`));
          else resolve(Buffer.concat(parts).toString());
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return { send: (...given) => withRetries(() => once(...given)) };
}

async function withRetries(send) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (attempt === 8) throw error;
      await wait(Math.random() * 50 * 2 ** attempt);
    }
  }
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

let kept = {};

/** The key of a day, which is the same for all its requests. */
function signingKey(day) {
  if (kept.day !== day) {
    const steps = [day, 'us-east-1', 's3', 'aws4_request'];
    kept = { day, key: steps.reduce(hmac, `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`) };
  }
  return kept.key;
}

function sign({ method, host, path, query, headers, body }) {
  const time = new Date().toISOString().replace(/[:-]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const hash = sha256(body ?? '');
  const all = { ...headers, host, 'x-amz-content-sha256': hash, 'x-amz-date': time };
  const names = Object.keys(all).sort();
  const lines = names.map((name) => `${name}:${all[name]}\n`).join('');
  const canonical = [method, path, query, lines, names.join(';'), hash].join('\n');
  const scope = `${day}/us-east-1/s3/aws4_request`;
  const signature = createHmac('sha256', signingKey(day))
    .update(['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n'))
    .digest('hex');
  const credential = `${process.env.AWS_ACCESS_KEY_ID}/${scope}`;
  const parts = [`Credential=${credential}`, `SignedHeaders=${names.join(';')}`, `Signature=${signature}`];
  return { ...all, authorization: `AWS4-HMAC-SHA256 ${parts.join(', ')}` };
}
