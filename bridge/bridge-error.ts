/** What can go wrong between the bridge and the world. Codes are public: never reused, never renamed. */
export type BridgeErrorCode =
  | 'SERIAL_PORT_BUSY'
  | 'SERIAL_PORT_NOT_FOUND'
  | 'SERIAL_PORT_DENIED'
  | 'SERIAL_PORT_LOST'
  | 'SERIAL_PORT_FAILED'
  | 'BROKER_UNREACHABLE'
  | 'BROKER_REFUSED'
  | 'STORAGE_UNREACHABLE'
  | 'STORAGE_REFUSED'
  | 'STORAGE_CORRUPT'
  | 'SPOOL_FAILED'
  /** Another bridge that runs has the spool. */
  | 'SPOOL_LOCKED'
  /** A later version wrote the spool. */
  | 'SPOOL_NEWER'
  /** The spool belongs to a bridge with another id. */
  | 'SPOOL_OTHER'
  | 'LISTEN_FAILED'
  /** The address is open to the network, and users, client certificates or TLS are missing. */
  | 'LISTEN_INSECURE'
  | 'USERS_FILE'
  | 'TLS_FILE';

/** An operational failure of the bridge. The message names the place and the fix; `cause` is what the library reported. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError';
  readonly code: BridgeErrorCode;

  constructor(code: BridgeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
