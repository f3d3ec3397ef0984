import { CdnpubError } from '../model/cdnpub-error.ts';
import type { ErrorCode } from '../model/error-code.ts';

/** What a call was about, so that its error can name it. */
export interface CallSubject {
  /** The IAM action: `s3:PutObject`. */
  readonly action: string;
  /** What it was called on, as people name it: `bucket docs-…`, `distribution/E…`. */
  readonly resource: string;
  /** Who called, as GetCallerIdentity tells, if it was asked. */
  readonly principal: string | undefined;
  readonly profile: string | null;
}

interface AwsError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly clockSkewCorrected?: boolean };
  /** Kept by the SDK where it could not read the answer. */
  readonly $response?: { readonly statusCode?: number };
}

/** How often a call was tried before it was given up. */
interface Tries {
  readonly attempts: number;
  readonly elapsedMs: number;
}

/** The SDK's error as one of ours; what is not AWS's stays as it is. */
export function tellAwsError(error: unknown, subject: CallSubject, tries?: Tries): unknown {
  if (error instanceof CdnpubError || !isAwsError(error)) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  const told = tell[code](error, subject);
  return tries === undefined || tries.attempts < 2 || !retried.has(code) ? told : withTries(told, tries);
}

/** Errors that end a call only after patience did. */
const retried = new Set<ErrorCode>(['E_NETWORK', 'E_SERVICE', 'E_THROTTLED', 'E_TIMEOUT']);

function withTries({ code, message, hints, details, cause }: CdnpubError, { attempts, elapsedMs }: Tries): CdnpubError {
  const seconds = Math.round(elapsedMs / 100) / 10;
  return new CdnpubError(code, {
    message: `${message}; tried ${attempts} times in ${seconds} s`,
    hints,
    details: { ...details, attempts, seconds },
    cause,
  });
}

/**
 * What an error says of itself: its name as AWS spells it, the HTTP status or 0, Node's code for a failed connection,
 * and whether the SDK has set its clock right since. For callers that expect one of them.
 */
export function awsErrorName(error: unknown): {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly skewCorrected: boolean;
} {
  if (!isAwsError(error)) return { name: '', status: 0, code: '', skewCorrected: false };
  const { name, code = '', $metadata, $response } = error;
  const status = $metadata?.httpStatusCode ?? $response?.statusCode ?? 0;
  return { name, status, code, skewCorrected: $metadata?.clockSkewCorrected === true };
}

const isAwsError = (error: unknown): error is AwsError =>
  error instanceof Error && error.name !== 'TypeError' && error.name !== 'RangeError';

type AwsCode = Extract<
  ErrorCode,
  | 'E_CREDENTIALS'
  | 'E_EXPIRED'
  | 'E_PERMISSION'
  | 'E_ACCOUNT_UNVERIFIED'
  | 'E_NETWORK'
  | 'E_SERVICE'
  | 'E_THROTTLED'
  | 'E_TIMEOUT'
  | 'E_REGION'
>;

const names: Readonly<Record<string, AwsCode>> = {
  CredentialsProviderError: 'E_CREDENTIALS',
  InvalidAccessKeyId: 'E_CREDENTIALS',
  InvalidClientTokenId: 'E_CREDENTIALS',
  UnrecognizedClientException: 'E_CREDENTIALS',
  SignatureDoesNotMatch: 'E_CREDENTIALS',
  RequestTimeTooSkewed: 'E_CREDENTIALS',
  TokenProviderError: 'E_EXPIRED',
  ExpiredToken: 'E_EXPIRED',
  ExpiredTokenException: 'E_EXPIRED',
  RequestExpired: 'E_EXPIRED',
  AccessDenied: 'E_PERMISSION',
  AccessDeniedException: 'E_PERMISSION',
  UnauthorizedAccess: 'E_PERMISSION',
  SlowDown: 'E_THROTTLED',
  Throttling: 'E_THROTTLED',
  ThrottlingException: 'E_THROTTLED',
  TooManyInvalidationsInProgress: 'E_THROTTLED',
  TimeoutError: 'E_TIMEOUT',
  RequestTimeout: 'E_TIMEOUT',
  PermanentRedirect: 'E_REGION',
  AuthorizationHeaderMalformed: 'E_REGION',
};

/** Node's codes for names, connections and certificates, and for answers that are no HTTP. */
const isNetworkCode = (code: string): boolean =>
  /^(?:E(?:AI_AGAIN|CONN|HOST|NET|NOTFOUND|PIPE|TIMEDOUT)|ERR_(?:PROXY|SSL|TLS|STREAM)|HPE_|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO)/.test(
    code,
  );

function codeOf(error: AwsError): AwsCode | undefined {
  if (/must be verified/i.test(error.message)) return 'E_ACCOUNT_UNVERIFIED';
  if (/(sso|token).*(expired|refresh)|expired.*(sso|session)/i.test(error.message)) return 'E_EXPIRED';
  // First, because the SDK calls some of them a TimeoutError.
  if (isNetworkCode(error.code ?? error.name)) return 'E_NETWORK';
  const known = names[error.name] ?? names[error.code ?? ''];
  if (known !== undefined) return known;
  const status = error.$metadata?.httpStatusCode;
  if (status === 403) return 'E_PERMISSION';
  return status === undefined ? undefined : 'E_SERVICE';
}

const tell: Record<AwsCode, (error: AwsError, context: CallSubject) => CdnpubError> = {
  E_CREDENTIALS: (error, { profile }) =>
    new CdnpubError('E_CREDENTIALS', {
      message: `no usable AWS credentials${profile === null ? '' : ` in profile ${profile}`}: ${firstLine(error.message)}`,
      hints: ['cdnpub dev DIR    needs no AWS account', 'aws configure sso, or set AWS_PROFILE'],
      cause: error,
    }),
  E_EXPIRED: (error, { profile }) =>
    new CdnpubError('E_EXPIRED', {
      message: 'the AWS credentials have expired',
      hints: [`aws sso login${profile === null ? '' : ` --profile ${profile}`}`],
      cause: error,
    }),
  E_PERMISSION: (error, { action, resource, principal }) =>
    new CdnpubError('E_PERMISSION', {
      message: `access denied: ${action} on ${resource}${principal === undefined ? '' : ` for ${principal}`}`,
      hints: [
        `allow ${action} for these credentials, then run the same command again`,
        'cdnpub policy    prints all that a role needs',
      ],
      details: { action, resource, principal: principal ?? null },
      cause: error,
    }),
  E_ACCOUNT_UNVERIFIED: (error) =>
    new CdnpubError('E_ACCOUNT_UNVERIFIED', {
      message: 'AWS does not let this account create CloudFront distributions yet: it must be verified first',
      hints: [
        'open a case with AWS Support (Account and billing), asking them to verify the account for CloudFront',
        '--no-cdn',
      ],
      cause: error,
    }),
  E_NETWORK: (error, { action }) =>
    new CdnpubError('E_NETWORK', {
      message: `${action} did not reach AWS: ${firstLine(error.message) || error.code}`,
      hints: ['check the network, then run the same command again'],
      cause: error,
    }),
  E_SERVICE: (error, { action, resource }) =>
    new CdnpubError('E_SERVICE', {
      message: `${action} on ${resource} failed: ${firstLine(error.message)} (${error.name}, HTTP ${error.$metadata?.httpStatusCode})`,
      hints: ['run the same command again'],
      details: { action, resource, name: error.name },
      cause: error,
    }),
  E_THROTTLED: (error, { action }) =>
    new CdnpubError('E_THROTTLED', {
      message: `AWS throttled ${action}: ${firstLine(error.message)} (${error.name})`,
      hints: ['run the same command again in a minute'],
      cause: error,
    }),
  E_TIMEOUT: (error, { action, resource }) =>
    new CdnpubError('E_TIMEOUT', {
      message: `${action} on ${resource} did not answer in time`,
      hints: ['check the network, then run the same command again'],
      cause: error,
    }),
  E_REGION: (error, { resource }) =>
    new CdnpubError('E_REGION', {
      message: `${resource} is in another region: ${firstLine(error.message)}`,
      hints: ['leave --region away: the bucket’s own region is used'],
      cause: error,
    }),
};

const firstLine = (text: string): string => text.split('\n')[0]?.trim() ?? '';
