import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Clock, ControllableClock } from '../clock.ts';
import { ServiceFault } from '../service-fault.ts';
import type { Service, WireRequest, WireResponse } from '../wire.ts';
import { type AdmitOptions, admitRequest, draftRequest, serviceOf } from './admit-request.ts';
import { answerRequest, type Fate, type FrontServices, subjectOf } from './answer-request.ts';
import { answerControl, isControl } from './control.ts';
import { createFaults, type Faults } from './faults.ts';
import type { KeyBook } from './key-book.ts';
import { createKillGate, type KillGate } from './kill-gate.ts';
import { createLandings, type Landings } from './landings.ts';
import { isLoopbackHost } from './loopback-host.ts';
import { type BodyReader, createBodyReader } from './read-body.ts';
import { type RequestHead, readHead } from './request-head.ts';
import { createRequestLog, type RequestLog } from './request-log.ts';
import { bodyOf, writeAnswer } from './write-answer.ts';

export interface FrontOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly clock: Clock;
  /** Tells this start from every other, for whoever finds it by its lock. */
  readonly instance?: string;
  readonly keys: KeyBook;
  readonly services: FrontServices;
  /**
   * Called when a `kill` rule struck, to kill the client and wait for its exit. Until it resolves nothing else that the
   * account asks for is done, and what the dead client had sent meanwhile is lost with it.
   */
  readonly onKill?: (() => void | Promise<void>) | undefined;
  /** The clock that control requests may read and move. */
  readonly controlClock?: ControllableClock | undefined;
  /** What the inspector shows beside the requests, as JSON can hold it. */
  readonly inspect?: (() => unknown) | undefined;
}

export interface Front {
  readonly port: number;
  /** Cuts every connection, held ones too. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and tells the services apart by credential scope, as one AWS endpoint for all of them. */
export async function startFront(options: FrontOptions): Promise<Front> {
  const instance = options.instance ?? randomUUID();
  const own = { log: createRequestLog(), faults: createFaults(options.clock), gate: createKillGate() };
  const state: FrontState = { ...options, ...own, instance, landings: createLandings(options.clock) };
  const server = createServer({ maxHeaderSize: 65_536, keepAliveTimeout: 0, requestTimeout: 0 });
  server.headersTimeout = 0;
  server.on('request', (request, response) => void serve(state, request, response, 'body'));
  server.on('checkContinue', (request, response) => void serve(state, request, response, 'continue'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: () => closeServer(server, state) };
}

interface FrontState extends FrontOptions {
  readonly instance: string;
  readonly log: RequestLog;
  readonly faults: Faults;
  readonly gate: KillGate;
  readonly landings: Landings;
}

async function closeServer(server: Server, { faults, landings }: FrontState): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  faults.clear();
  landings.cancel();
  await closed;
}

async function serve(
  state: FrontState,
  request: IncomingMessage,
  response: ServerResponse,
  expects: 'body' | 'continue',
) {
  const arrivedAtMs = performance.now();
  const head = readHead(request);
  const body = createBodyReader(request, response, expects);
  try {
    if (!isLoopbackHost(head.host)) return await refuseHost(state, head, response);
    if (isControl(head)) return await serveControl(state, head, body, response);
    await serveAws(
      state,
      { id: randomUUID(), head, body, keys: state.keys, clock: state.clock, arrivedAtMs },
      response,
    );
  } catch {
    // The client went away while it was sending: there is nobody left to answer.
    response.destroy();
  }
}

async function serveAws(state: FrontState, options: AdmitOptions, response: ServerResponse): Promise<void> {
  const { request, refusal } = await admit(options);
  if (request.caller.kind === 'account' && !(await state.gate.pass(response))) return void response.destroy();
  const service = state.services[request.service];
  const fate = await answerRequest(request, { ...state, service, refusal });
  const bytesIn = refusal === undefined ? request.body.length : 0;
  const log = ({ answer, fault }: Pick<Fate, 'answer' | 'fault'>) =>
    state.log.add({
      at: state.clock.now(),
      ...subjectOf(request, service),
      path: request.rawPath,
      status: answer.status,
      ms: Math.round((performance.now() - options.arrivedAtMs) * 100) / 100,
      bytesIn,
      bytesOut: bodyOf(answer).length,
      ...(fault === undefined ? {} : { fault }),
    });
  log(fate);
  if (fate.landing !== undefined) {
    const { ms, apply } = fate.landing;
    state.landings.plan(ms, async () => log({ answer: await apply(), fault: 'landed' }));
  }
  // A client that never got its 100 may or may not send the body after all: only a new connection is safe.
  const closing = options.body.isAwaited() ? { connection: 'close' } : {};
  await deliver(state, fate, response, { method: request.method, headers: { ...idHeaders(request), ...closing } });
}

async function admit(options: AdmitOptions): Promise<{ request: WireRequest; refusal?: ServiceFault }> {
  let service: Service = 's3';
  try {
    service = serviceOf(options.head);
    return { request: await admitRequest(options, service) };
  } catch (error) {
    if (error instanceof ServiceFault) return { request: draftRequest(options, service), refusal: error };
    throw error;
  }
}

async function deliver(
  state: FrontState,
  fate: Fate,
  response: ServerResponse,
  options: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
): Promise<void> {
  if (fate.delivery === 'cut') response.destroy();
  if (fate.delivery === 'kill') await kill(state);
  if (fate.delivery === 'hold') await state.faults.untilCleared();
  if (fate.delivery === 'cut' || fate.delivery === 'kill' || response.destroyed) return;
  const { bytesPerSecond } = fate;
  await writeAnswer(response, fate.answer, { ...options, clock: state.clock, bytesPerSecond });
}

async function kill({ onKill, gate }: FrontState): Promise<void> {
  try {
    await onKill?.();
  } finally {
    gate.open();
  }
}

async function refuseHost(state: FrontState, head: RequestHead, response: ServerResponse): Promise<void> {
  const answer: WireResponse = { status: 403, body: 'Only loopback host names are served here.\n' };
  await writeAnswer(response, answer, {
    method: head.method,
    clock: state.clock,
    headers: { connection: 'close' },
  });
}

async function serveControl(state: FrontState, head: RequestHead, body: BodyReader, response: ServerResponse) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answer = await answerControl(head, await body.read(), { ...state, gone: gone.signal });
  if (!response.destroyed) await writeAnswer(response, answer, { method: head.method, clock: state.clock });
}

function idHeaders(request: WireRequest): Readonly<Record<string, string>> {
  if (request.service !== 's3') return { 'x-amzn-requestid': request.id };
  return { 'x-amz-request-id': request.id, 'x-amz-id-2': 'localhost', server: 'AmazonS3' };
}
