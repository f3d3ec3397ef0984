/** What an AWS service answers instead of a result: thrown inside the local cloud, written in the service's format. */
export class ServiceFault extends Error {
  readonly status: number;
  readonly code: string;
  /** Further elements of S3's error body (`Region`, `Condition`, …); other services have none. */
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, extra: FaultExtra = {}) {
    super(message);
    this.name = 'ServiceFault';
    this.status = status;
    this.code = code;
    this.details = extra.details ?? {};
    this.headers = extra.headers ?? {};
  }
}

export interface FaultExtra {
  readonly details?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}
