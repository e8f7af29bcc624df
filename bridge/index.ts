/** The bridge: serial ports and phone messages in, landing objects out. Runs without the simulator. */
export { BatchStore } from './batch-store.ts';
export type { BatchStoreOptions } from './batch-store.ts';
export { Bridge } from './bridge.ts';
export type { AttachedPort, BridgeOptions } from './bridge.ts';
export type { BridgeCounts, DuplicateKind } from './core/bridge-counts.ts';
export { NO_WINDOWS } from './core/duplicate-windows.ts';
export type { WindowLimits } from './core/duplicate-windows.ts';
export type { BatchLimits, LandingObject } from './core/landing-batches.ts';
export { decodeQuarantinedBytes } from './core/quarantine-line.ts';
export { QUARANTINE_REASONS } from './core/quarantine-reasons.ts';
export type { QuarantineReason } from './core/quarantine-reasons.ts';
export type {
  BridgeTimers,
  ObjectSink,
  PhoneMessage,
  RecordStore,
  SerialChannel,
  TakeMessage,
} from './ports.ts';
export { FolderSink } from './adapters/folder-sink.ts';
export { connectSubscriber } from './subscriber/subscriber.ts';
export type { Subscriber, SubscriberHealth, SubscriberOptions } from './subscriber/subscription.ts';
export { S3Sink } from './adapters/s3-sink.ts';
export { openSerialPort } from './adapters/serial-port.ts';
export type { SerialChannel as OpenSerialPort } from './adapters/serial-port.ts';
export { HostSession } from './host-session.ts';
export type { HostSessionOptions, HostStatus, LineVerdict } from './host-session.ts';
export { clockError, toHostMs } from './core/clock-fit.ts';
export type { ClockFit } from './core/clock-fit.ts';
export type { SerialReject } from './core/session-events.ts';
export { plural } from './wording.ts';
export { brokerAddress } from './adapters/broker-failure.ts';
export { addUser, listUsers, removeUser } from './broker/index.ts';
export { BridgeError } from './bridge-error.ts';
export type { BridgeErrorCode } from './bridge-error.ts';
export { SystemTimers } from './adapters/system-timers.ts';
export { noticeLog, StatusScreen } from './watch/index.ts';
export type { BridgeStatus, LogLevel, Notice, NoticeSink } from './watch/index.ts';
export type { ServiceCounts } from './bridge-service.ts';
export { Lander } from './landing/lander.ts';
export { BATCH_TABLES } from './core/spool-names.ts';
export { SEGMENT_LIMITS } from './spool/open-spool.ts';
export { Spool } from './spool/spool.ts';
export type { SpoolDisk, SpoolFile } from './spool/spool-disk.ts';
export type { BridgeWorld } from './bridge-world.ts';
export type { OpenSink } from './landing-sink.ts';
export { machinePorts } from './serial/index.ts';
export type { SerialPortStatus, SerialWorld } from './serial/index.ts';
export { startBridge } from './start-bridge.ts';
export type { RunningBridge } from './start-bridge.ts';
export type {
  BrokerSettings,
  Listening,
  ListenSettings,
  SerialSettings,
  StartBridgeOptions,
  StorageSettings,
} from './bridge-settings.ts';
export { parseEntryId } from './core/quarantine-key.ts';
export {
  countQuarantine,
  findEntry,
  findReplay,
  FolderShelf,
  replayQuarantine,
  S3Shelf,
} from './quarantine/index.ts';
export type {
  Entry,
  EntryReplay,
  ObjectShelf,
  QuarantineCounts,
  QuarantineFault,
  QuarantineGroup,
  ReplayResult,
  Selection,
} from './quarantine/index.ts';
