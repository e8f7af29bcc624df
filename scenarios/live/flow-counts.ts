/** How much has passed each part of a live run, from devices to objects. */
import type { BridgeStatus } from '../../bridge/index.ts';
import type { SerialTraffic } from './serial-traffic.ts';

/** What has passed since the beginning, and what waits. */
export interface FlowCounts {
  readonly serial: { readonly bytes: number; readonly lines: number };
  readonly mqtt: { readonly messages: number; readonly samples: number; readonly isUp: boolean };
  /** Rows that the bridge took, and those of them that went to quarantine. */
  readonly bridge: { readonly records: number; readonly quarantined: number };
  /** Rows that were written to the spool; those that are not landed, and the bytes that are there now. */
  readonly spool: {
    readonly rows: number;
    readonly waitingRows: number;
    readonly bytes: number;
  };
  readonly s3: {
    readonly objects: number;
    readonly rows: number;
    readonly bytes: number;
    readonly isUp: boolean;
  };
}

/** Counts what has passed, by the account of the bridge. `storedBytes` are those of its objects. */
export function countFlow(
  status: BridgeStatus,
  traffic: SerialTraffic,
  storedBytes: number,
): FlowCounts {
  const { spool, storage, broker, records } = status;
  const taken = sum(records);
  return {
    serial: { bytes: traffic.bytes, lines: traffic.lines },
    mqtt: {
      messages: sum(status.messages),
      samples: records.accelerometer_landing ?? 0,
      isUp: broker?.isUp === true,
    },
    bridge: {
      records: taken,
      quarantined: status.quarantined.reduce((all, { count }) => all + count, 0),
    },
    spool: { rows: taken, waitingRows: spool.unlandedRows, bytes: spool.bytes },
    s3: {
      objects: sum(storage.objects),
      rows: sum(storage.rows),
      bytes: storedBytes,
      isUp: storage.isUp,
    },
  };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
