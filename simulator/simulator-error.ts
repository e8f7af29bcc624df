/** What can go wrong between the simulator and the machine it runs on. Codes are public: never reused, never renamed. */
export type SimulatorErrorCode =
  | 'PTY_UNAVAILABLE'
  | 'LINK_EXISTS'
  | 'LINK_FAILED'
  | 'FOLDER_IN_USE'
  | 'FOLDER_FAILED'
  | 'PORT_BUSY'
  | 'LISTEN_FAILED'
  | 'BROKER_UNREACHABLE'
  | 'BROKER_REFUSED'
  | 'PHONE_CLOSED'
  | 'PHONE_BACKLOG_FULL'
  | 'SESSION_BACKLOG_FULL'
  | 'RECORDING_NOT_FOUND'
  | 'RECORDING_INVALID'
  | 'RECORDING_UNWRITABLE'
  | 'LANDING_ZONE_OTHER'
  | 'LANDING_ZONE_EXISTS'
  | 'LANDING_ZONE_UNWRITABLE'
  | 'LANDING_ZONE_LEFT'
  | 'DISK_FULL'
  | 'THREAD_FAILED';

/** An operational failure of the simulator. The message names the place and the fix; `cause` is what the system reported. */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
  readonly code: SimulatorErrorCode;

  constructor(code: SimulatorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
