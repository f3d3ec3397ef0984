import { awsErrorName } from '../tell-aws-error.ts';

/**
 * What an error says about sending the same request again.
 * `transient`: the network or the service failed. `throttle`: too fast. `race`: another request at the same moment.
 * `busy`: CloudFront has as many invalidations in progress as it takes. `expired`: other credentials may do.
 * `final`: the answer would be the same.
 */
export type Verdict = 'transient' | 'throttle' | 'race' | 'busy' | 'expired' | 'final';

/** By the name that AWS gives the error; it counts more than the status. */
const byName: Readonly<Record<string, Verdict>> = {
  BandwidthLimitExceeded: 'throttle',
  EC2ThrottledException: 'throttle',
  PriorRequestNotComplete: 'throttle',
  ProvisionedThroughputExceededException: 'throttle',
  RequestLimitExceeded: 'throttle',
  RequestThrottled: 'throttle',
  RequestThrottledException: 'throttle',
  SlowDown: 'throttle',
  ThrottledException: 'throttle',
  Throttling: 'throttle',
  ThrottlingException: 'throttle',
  TooManyRequests: 'throttle',
  TooManyRequestsException: 'throttle',
  ConditionalRequestConflict: 'race',
  OperationAborted: 'race',
  TooManyInvalidationsInProgress: 'busy',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  RequestExpired: 'expired',
  InternalError: 'transient',
  RequestTimeout: 'transient',
  RequestTimeoutException: 'transient',
  TimeoutError: 'transient',
};

const byStatus: Readonly<Record<number, Verdict>> = {
  429: 'throttle',
  500: 'transient',
  502: 'transient',
  503: 'throttle',
  504: 'transient',
};

/** Codes of Node for a connection that could not be made or was cut. Certificates are not among them: they stay as they are. */
const networkCodes = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ETIMEDOUT',
]);

/** How a service says that a request is signed for another time. The SDK corrects its clock at other errors as well. */
const clockErrors = new Set([
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/** Judges what a request failed with. */
export function judgeError(error: unknown): Verdict {
  const { name, status, code, skewCorrected } = awsErrorName(error);
  // The SDK has taken the server's clock from this very answer: signed by it, the request will pass.
  if (skewCorrected && clockErrors.has(name)) return 'transient';
  return byName[name] ?? byName[code] ?? byStatus[status] ?? (networkCodes.has(code) ? 'transient' : 'final');
}

/**
 * Whether a request that failed so may have been carried out all the same. A connection that was never made carried
 * nothing, and a service that throttles or refuses says so before it begins.
 */
export function mayBeApplied(error: unknown): boolean {
  const { name, status, code } = awsErrorName(error);
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code)) return false;
  if (byName[name] === 'throttle') return false;
  return status === 0 || status >= 500 || status === 200 || name === 'RequestTimeout';
}
