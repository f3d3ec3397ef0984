import type { Clock } from '../clock.ts';
import { ServiceFault } from '../service-fault.ts';
import { sleep } from '../sleep.ts';
import type { Service, WireRequest, WireResponse } from '../wire.ts';
import type { Faults } from './faults.ts';
import type { FrontService } from './front-service.ts';
import type { KillGate } from './kill-gate.ts';
import type { FaultAction } from './parse-fault-rules.ts';
import { serviceError } from './service-error.ts';

export type FrontServices = Partial<Readonly<Record<Service, FrontService>>>;

/** What becomes of a request: an answer to send, perhaps slowly or once the faults are cleared, or a cut connection. */
export interface Fate {
  readonly answer: WireResponse;
  readonly delivery: 'send' | 'cut' | 'hold' | 'kill';
  readonly bytesPerSecond?: number;
  readonly fault?: string;
  /** What the service is still to do, so many milliseconds later, when nobody waits for it any more. */
  readonly landing?: { readonly ms: number; apply(): Promise<WireResponse> };
}

export interface AnswerOptions {
  readonly clock: Clock;
  readonly gate: Pick<KillGate, 'shut'>;
  readonly service: FrontService | undefined;
  readonly faults: Faults;
  /** Set where the request was refused before it reached its service. */
  readonly refusal?: ServiceFault | undefined;
}

/** Lets the service answer under whatever fault the rules prescribe. */
export async function answerRequest(request: WireRequest, options: AnswerOptions): Promise<Fate> {
  const action = options.faults.match(subjectOf(request, options.service));
  const answer = () => answerOf(request, options);
  if (action === undefined) return { answer: await answer(), delivery: 'send' };
  // Before anything is awaited: the next request of the same client must find the gate shut.
  if ('kill' in action) options.gate.shut();
  return applyFault(action, { request, answer, clock: options.clock });
}

/** The log's and the rules' names for a request. */
export function subjectOf(request: WireRequest, service: FrontService | undefined) {
  const op = service?.operationOf(request) ?? 'Unknown';
  return {
    service: request.service,
    op,
    caller: request.caller.kind,
    method: request.method,
    ...service?.subjectOf?.(request),
  };
}

async function applyFault(
  action: FaultAction,
  options: { readonly request: WireRequest; readonly clock: Clock; answer(): Promise<WireResponse> },
): Promise<Fate> {
  const { request, clock, answer } = options;
  if ('latencyMs' in action) {
    await sleep(clock, action.latencyMs);
    return { answer: await answer(), delivery: 'send', fault: 'latency' };
  }
  if ('status' in action) {
    const code = action.code ?? 'InternalError';
    const fault = new ServiceFault(action.status, code, `A fault rule asked for ${code}.`);
    return { answer: serviceError(request.service, fault, request.id), delivery: 'send', fault: 'status' };
  }
  if ('perSecond' in action) {
    const fault = new ServiceFault(503, 'SlowDown', 'Please reduce your request rate.');
    return { answer: serviceError(request.service, fault, request.id), delivery: 'send', fault: 'rate' };
  }
  if ('bytesPerSecond' in action) {
    // The body is read already; its sender waits as long as it would have taken at this rate.
    await sleep(clock, (request.body.length * 1000) / action.bytesPerSecond);
    return { answer: await answer(), delivery: 'send', bytesPerSecond: action.bytesPerSecond, fault: 'slow' };
  }
  if ('hold' in action) return { answer: await answer(), delivery: 'hold', fault: 'hold' };
  if ('land' in action) {
    return { answer: unanswered, delivery: 'cut', fault: 'land', landing: { ms: action.land, apply: answer } };
  }
  if ('kill' in action) {
    if (action.kill === 'before') return { answer: unanswered, delivery: 'kill', fault: 'kill-before' };
    return { answer: await answer(), delivery: 'kill', fault: 'kill' };
  }
  if (action.reset === 'before') return { answer: unanswered, delivery: 'cut', fault: 'reset-before' };
  return { answer: await answer(), delivery: 'cut', fault: 'reset-after' };
}

const unanswered: WireResponse = { status: 0 };

async function answerOf(request: WireRequest, { service, refusal }: AnswerOptions): Promise<WireResponse> {
  if (refusal !== undefined) return serviceError(request.service, refusal, request.id);
  try {
    if (service === undefined) throw new ServiceFault(503, 'ServiceUnavailable', `No ${request.service} here.`);
    return await service.handle(request);
  } catch (error) {
    return serviceError(request.service, asFault(error), request.id);
  }
}

/** A bug of the local cloud is its 500: the stack goes to the client, since nobody else would see it. */
function asFault(error: unknown): ServiceFault {
  if (error instanceof ServiceFault) return error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new ServiceFault(500, 'InternalError', `We encountered an internal error. Please try again. ${detail}`);
}
