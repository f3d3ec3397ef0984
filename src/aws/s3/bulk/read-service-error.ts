import { XMLParser } from 'fast-xml-parser';
import type { HttpAnswer } from './http-message.ts';
import { textOf } from './text-of.ts';

/** The clock of an SDK client: what its time is off from the server's, in milliseconds. */
interface ClientClock {
  systemClockOffset: number;
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

/**
 * The error of a refused request in the SDK's form: S3's code as its name, S3's message, the status. Takes the server's
 * clock from the answer, as the SDK does, so that a request that was signed for another time passes when it is sent again.
 */
export async function readServiceError({ statusCode, headers, body }: HttpAnswer, clock: ClientClock): Promise<Error> {
  return serviceError(await textOf(body), statusCode, takeTime(headers.date, clock));
}

/** The error that a body tells of. */
export function serviceError(text: string, httpStatusCode: number, clockSkewCorrected = false): Error {
  const { Code, Message } = told(text);
  const error = new Error(Message ?? `HTTP ${httpStatusCode}`);
  return Object.assign(error, { name: Code ?? 'Unknown', $metadata: { httpStatusCode, clockSkewCorrected } });
}

/** The SDK's own limit for a clock that is right enough; S3 allows 15 minutes. */
const skewedMs = 240_000;

function takeTime(date: string | undefined, clock: ClientClock): boolean {
  const serverMs = Date.parse(date ?? '');
  if (Number.isNaN(serverMs)) return false;
  clock.systemClockOffset = serverMs - Date.now();
  return Math.abs(clock.systemClockOffset) >= skewedMs;
}

/** `<Error><Code>…</Code><Message>…</Message>`; a proxy may answer with anything else. */
function told(text: string): { readonly Code?: string; readonly Message?: string } {
  try {
    const root = parser.parse(text) as { readonly Error?: { readonly Code?: string; readonly Message?: string } };
    return root.Error ?? {};
  } catch {
    return {};
  }
}
