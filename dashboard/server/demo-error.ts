/** What can be wrong with the demo or with what it is asked for. Codes are stable; the page and the exit code rest on them. */
export type DemoErrorCode =
  | 'PORT_TAKEN'
  | 'LISTEN_FAILED'
  | 'PAGE_MISSING'
  | 'REQUEST_INVALID'
  | 'REQUEST_FOREIGN'
  | 'REQUEST_FAILED'
  | 'NOT_FOUND'
  | 'DEMO_STARTING'
  | 'START_FAILED'
  | 'DEED_REFUSED'
  | 'VERDICT_PENDING'
  | 'TOO_MANY_STREAMS';

/** A failure of the demo, with a message that names the place and the fix. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
  readonly code: DemoErrorCode;

  constructor(code: DemoErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
