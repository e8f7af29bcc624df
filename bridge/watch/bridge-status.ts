/** What is known of a running bridge at one moment. Metrics, health and the status line are made of this alone. */
import type { BatchTable } from '../core/landing-batches.ts';
import type { SpoolStatus } from '../spool/spool-contract.ts';

/** Counts since the start, each under a name from a fixed list: of tables, reasons, kinds. */
export type Counts = Readonly<Record<string, number>>;

/** The bucket or folder in which objects end. */
export interface StorageStatus {
  /** False from a failed attempt to the next object that is stored. */
  readonly isUp: boolean;
  /** What the last attempt failed with, in words without secrets; `undefined` while all is well. */
  readonly failure: string | undefined;
  readonly failures: number;
  readonly objects: Readonly<Partial<Record<BatchTable, number>>>;
  readonly rows: Readonly<Partial<Record<BatchTable, number>>>;
  /** Lines of quarantine that tell of damage of the spool. */
  readonly damageLines: number;
}

/** A broker elsewhere to which the bridge has subscribed. */
export interface BrokerStatus {
  readonly isUp: boolean;
  /** It answers, and does not serve the bridge: somebody has to change something. */
  readonly isRefused: boolean;
  /** What the last attempt to connect failed with; `undefined` while it is up, or was not tried yet. */
  readonly failure: string | undefined;
  /** Times that it had forgotten the session since the start, and with it what waited there. */
  readonly sessionsLost: number;
  /** Messages that were too long to be taken whole. */
  readonly oversized: number;
  /** Messages with the DUP flag: it had delivered them before. */
  readonly redelivered: number;
  /** Messages of the present connection that are not acknowledged yet. */
  readonly unacknowledged: number;
}

/** The broker inside the bridge. */
export interface ListenerStatus {
  readonly isOpen: boolean;
  readonly connections: number;
  /** Connections, messages and subscriptions that were refused, by reason. */
  readonly refused: Counts;
}

/** One step trainer that has said who it is. */
export interface DeviceStatus {
  /** Its serial number. */
  readonly device: string;
  /** By how much the device's clock has moved ahead of the host's since it was first fitted, in ms. */
  readonly clockOffsetMs: number | undefined;
  /** How much faster the device's clock runs than the host's. */
  readonly clockDriftPpm: number | undefined;
  /** Readings that its sequence numbers say are missing. */
  readonly missing: number;
}

/** All serial ports. */
export interface SerialStatus {
  /** How many ports are in which state: `open`, `waiting`, … */
  readonly ports: Counts;
  /** Ports that were named by their path and are not open. */
  readonly absent: readonly string[];
  readonly devices: readonly DeviceStatus[];
}

/** A bridge at one moment. Sources that it was not told to have are `undefined`. */
export interface BridgeStatus {
  /** Epoch ms. */
  readonly atMs: number;
  /** It was told to stop: it takes nothing more, and lands what it can. */
  readonly isClosing: boolean;
  readonly spool: SpoolStatus;
  readonly storage: StorageStatus;
  readonly broker: BrokerStatus | undefined;
  readonly listener: ListenerStatus | undefined;
  readonly serial: SerialStatus | undefined;
  /** MQTT messages that were taken, by source: `embedded`, `external`. */
  readonly messages: Counts;
  /** Rows that were taken, by table. */
  readonly records: Readonly<Partial<Record<BatchTable, number>>>;
  /** What was taken into quarantine, and damage of the spool that is told there. */
  readonly quarantined: readonly {
    readonly table: BatchTable;
    readonly reason: string;
    readonly count: number;
  }[];
  /** Messages and readings that came again and were not landed again, by kind. */
  readonly duplicates: Counts;
  /** MQTT messages that were taken and hold nothing to land, by kind. */
  readonly ignored: Counts;
  /** Bytes that were too much of a line or message. */
  readonly discardedBytes: number;
  /** Times that the wall clock of this machine was set while the bridge ran. */
  readonly clockSteps: number;
}
