/** What can go wrong between the bench and the world. Codes are public: never reused, never renamed. */
export type BenchErrorCode =
  | 'PORT_NOT_FOUND'
  | 'PORT_DENIED'
  | 'PORT_BUSY'
  | 'PORT_LOST'
  | 'PORT_FAILED'
  | 'DEVICE_NOT_FOUND'
  | 'DEVICE_AMBIGUOUS'
  | 'OUTPUT_NOT_OURS'
  | 'OUTPUT_UNWRITABLE'
  | 'FIRMWARE_INVALID'
  | 'FIRMWARE_UNREADABLE'
  | 'FIRMWARE_UNSUPPORTED';

/** An operational failure of the bench. The message names the place and the fix; `cause` is what was reported to it. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
  readonly code: BenchErrorCode;

  constructor(code: BenchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
