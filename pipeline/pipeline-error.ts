/** What can go wrong between the pipeline and the machine it runs on. Codes are public: never reused, never renamed. */
export type PipelineErrorCode =
  | 'LANDING_NOT_FOUND'
  | 'LANDING_UNREADABLE'
  | 'STORAGE_UNREACHABLE'
  | 'STORAGE_REFUSED'
  | 'OUTPUT_UNWRITABLE'
  | 'OUTPUT_NOT_OURS'
  | 'OUTPUT_BUSY'
  | 'ZONE_NOT_FOUND'
  | 'ENGINE_FAILED'
  | 'OUT_OF_MEMORY'
  | 'DISK_FULL'
  | 'LANDING_CHANGED'
  | 'AUDIT_FAILED'
  | 'ABORTED';

/** An operational failure of the pipeline. The message names the place and the fix; `cause` is what the system reported. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  readonly code: PipelineErrorCode;

  constructor(code: PipelineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
