/** A bridge to which nothing has happened yet, for tests to change. */
import type { BridgeStatus } from '../../../bridge/watch/bridge-status.ts';

/** All is well, at 10:00. */
export const QUIET: BridgeStatus = {
  atMs: Date.UTC(2026, 10, 22, 10),
  isClosing: false,
  spool: {
    state: 'ok',
    bytes: 0,
    unlandedRows: 0,
    oldestUnlandedMs: undefined,
    pendingBytes: 0,
  },
  storage: { isUp: true, failure: undefined, failures: 0, objects: {}, rows: {}, damageLines: 0 },
  broker: {
    isUp: true,
    isRefused: false,
    failure: undefined,
    sessionsLost: 0,
    oversized: 0,
    redelivered: 0,
    unacknowledged: 0,
  },
  listener: { isOpen: true, connections: 0, refused: {} },
  serial: { ports: { open: 1 }, absent: [], devices: [] },
  messages: { embedded: 0, external: 0 },
  records: {},
  quarantined: [],
  duplicates: {},
  ignored: {},
  discardedBytes: 0,
  clockSteps: 0,
};
