/** An answer of S3 that is an error. `op` names the operation, where it is known. */
export class S3Error extends Error {
  constructor(status, code, op) {
    super(code);
    this.status = status;
    this.code = code;
    this.op = op;
  }
}
