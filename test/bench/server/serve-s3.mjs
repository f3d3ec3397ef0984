// An S3 of memory for measurements, in a process of its own: a constant time per request, faults, and a count of
// everything. It says `{"port":…}` once it listens; `/_bench/` is its control.
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerS3 } from './answer-s3.mjs';
import { createBucket } from './create-bucket.mjs';
import { createFaults } from './create-faults.mjs';
import { readPayload } from './read-payload.mjs';
import { S3Error } from './s3-error.mjs';
import { element } from './xml.mjs';

const world = { buckets: new Map(), uploads: new Map() };
const saved = new Map();
let weather = { latency: 0, faults: createFaults({}) };
let count;
let log;

function clearCount() {
  count = { requests: 0, ops: {}, bytesIn: 0, connections: 0, inFlight: 0, peak: 0, slowed: 0, cut: 0 };
  count.cpu = process.cpuUsage();
  log = [];
}
clearCount();

const controls = {
  /** Begins a run: the bucket as it was saved, or empty; latency and faults; counters at nothing. */
  begin({ from, latency, ...faults }) {
    world.uploads.clear();
    world.buckets = new Map([['bench', saved.get(from)?.copy() ?? createBucket()]]);
    weather = { latency, faults: createFaults(faults) };
    clearCount();
    return {};
  },
  save({ as }) {
    saved.set(as, world.buckets.get('bench').copy());
    return {};
  },
  result() {
    const { cpu, ...told } = count;
    const { user, system } = process.cpuUsage(cpu);
    const objects = Object.fromEntries(world.buckets.get('bench').entries().map(withoutBytes));
    return { ...told, cpuMs: Math.round((user + system) / 1000), log, objects };
  },
};

const withoutBytes = ([key, { bytes, ...object }]) => [key, object];

/** Lists and state are read back as they were written; other bytes are only counted and hashed. */
const keepsBytes = (request, url) =>
  (request.method === 'POST' && !url.searchParams.has('uploads')) || url.pathname.includes('/.cdnpub/');

async function answerFor(request, url, payload) {
  try {
    if (weather.faults.isSlowedDown()) {
      count.slowed += 1;
      throw new S3Error(503, 'SlowDown', 'SlowDown');
    }
    return answerS3(world, { method: request.method, url, headers: request.headers, payload });
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const body = `<Error>${element('Code', error.code)}${element('Message', error.code)}</Error>`;
    const op = error.op ?? `${request.method} ${error.code}`;
    return { op, key: '', status: error.status, headers: {}, body };
  }
}

async function serve(request, response, url) {
  const [counted, began] = [count, performance.now()];
  counted.inFlight += 1;
  counted.peak = Math.max(counted.peak, counted.inFlight);
  const payload = await readPayload(request, keepsBytes(request, url));
  const isCut = weather.faults.isReset();
  const answer = isCut ? undefined : await answerFor(request, url, payload);
  if (weather.latency > 0) await wait(weather.latency);
  counted.inFlight -= 1;
  if (answer === undefined || weather.faults.isLost()) {
    counted.cut += 1;
    request.socket.destroy();
    return;
  }
  const { op, key, status } = answer;
  counted.requests += 1;
  counted.ops[op] = (counted.ops[op] ?? 0) + 1;
  counted.bytesIn += payload.sent;
  log.push({ op, key, status, from: began, to: performance.now() });
  send(request, response, answer);
}

function send(request, response, { status, headers, body }) {
  const length = headers['content-length'] ?? Buffer.byteLength(body);
  const type = body === '' || headers['content-type'] ? {} : { 'content-type': 'application/xml' };
  const sized = status === 204 || status === 304 ? {} : { 'content-length': length };
  response.writeHead(status, { 'x-amz-request-id': '0', server: 'AmazonS3', ...type, ...headers, ...sized });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function control(request, response, name) {
  const { bytes } = await readPayload(request, true);
  response.end(JSON.stringify(controls[name](JSON.parse(bytes.toString() || '{}'))));
}

const server = createServer({ noDelay: true, keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const [, ours, name] = url.pathname.split('/');
  const work = ours === '_bench' ? control(request, response, name) : serve(request, response, url);
  work.catch(() => request.socket.destroy());
});
server.on('connection', () => {
  count.connections += 1;
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
process.on('disconnect', () => process.exit());
