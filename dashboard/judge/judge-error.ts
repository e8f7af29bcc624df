/** What can be wrong with a judge or with what it is asked. Codes are stable. */
export type JudgeErrorCode =
  'VERDICT_PENDING' | 'READING_UNKNOWN' | 'JUDGE_ENDED' | 'JUDGE_FAILED' | 'LEDGER_UNREADABLE';

/** A failure of the judge, with a message that names the place and the fix. */
export class JudgeError extends Error {
  override readonly name = 'JudgeError';
  readonly code: JudgeErrorCode;

  constructor(code: JudgeErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
