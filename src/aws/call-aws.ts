import { type Attempt, type Call, sendWithRetries } from './sending/send-with-retries.ts';
import type { Sending } from './sending/sending.ts';
import { type CallSubject, tellAwsError } from './tell-aws-error.ts';

/** A call to AWS: what it is about, and how it is sent. */
export interface CallContext extends CallSubject, Omit<Call<unknown>, 'attempt'> {
  readonly sending: Sending;
}

/**
 * Calls AWS, again where that helps; what goes wrong is thrown as a `CdnpubError` that says what was called, on what,
 * by whom, and how often. `call` sends one request and is made anew for each attempt.
 */
export async function callAws<T>(context: CallContext, call: (attempt: Attempt) => Promise<T>): Promise<T> {
  const { sending, limit, renewCredentials } = context;
  const sent = await sendWithRetries(sending, { attempt: call, limit, renewCredentials }).catch((error: unknown) => {
    throw tellAwsError(error, context);
  });
  if (sent.kind === 'answered') return sent.answer;
  throw tellAwsError(sent.error, context, sent.tries);
}
