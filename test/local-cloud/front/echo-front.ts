import type { Clock } from '../../../src/local-cloud/clock.ts';
import { isControllable, systemClock } from '../../../src/local-cloud/clock.ts';
import type { FrontService } from '../../../src/local-cloud/front/front-service.ts';
import { createKeyBook } from '../../../src/local-cloud/front/key-book.ts';
import { type Front, startFront } from '../../../src/local-cloud/front/start-front.ts';
import type { WireRequest } from '../../../src/local-cloud/wire.ts';

export const own = { accessKeyId: 'AKIDOWN', secretAccessKey: 'own-secret' };
export const edgeKey = { accessKeyId: 'AKIDEDGE', secretAccessKey: 'edge-secret' };

export interface EchoFront extends Front {
  readonly seen: WireRequest[];
  /** Lets the clock of the server run ahead of the machine's. */
  skewMs: number;
}

/** A front whose services answer 200 with `ok` and remember what reached them. */
export async function startEchoFront(
  onKill?: () => void | Promise<void>,
  given: Clock = systemClock,
): Promise<EchoFront> {
  const seen: WireRequest[] = [];
  const echo: FrontService = {
    handle(request) {
      seen.push(request);
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' };
    },
    operationOf: (request) => (request.method === 'PUT' ? 'PutObject' : 'GetObject'),
    subjectOf: (request) => ({ bucket: 'b', key: request.rawPath.slice(1) }),
  };
  const state = { seen, skewMs: 0 };
  const clock: Clock = { now: () => given.now() + state.skewMs, after: given.after };
  const front = await startFront({
    port: 0,
    clock,
    controlClock: isControllable(given) ? given : undefined,
    keys: createKeyBook({ account: '111122223333', own, service: edgeKey }),
    services: { s3: echo, sts: echo, cloudfront: echo, 'cloudfront-keyvaluestore': echo },
    onKill,
  });
  return Object.assign(state, front);
}
