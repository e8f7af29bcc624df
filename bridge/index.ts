/** The bridge: serial ports and phone messages in, landing objects out. Runs without the simulator. */
export { Bridge } from './bridge.ts';
export type { BridgeCounts, BridgeOptions } from './bridge.ts';
export type { BatchLimits, LandingObject } from './core/landing-batches.ts';
export type { BridgeTimers, ObjectSink, SerialChannel } from './ports.ts';
export { FolderSink } from './adapters/folder-sink.ts';
export { connectSubscriber } from './adapters/mqtt-subscriber.ts';
export type { Subscriber } from './adapters/mqtt-subscriber.ts';
export { S3Sink } from './adapters/s3-sink.ts';
export { openSerialPort } from './adapters/serial-port.ts';
export type { SerialChannel as OpenSerialPort } from './adapters/serial-port.ts';
export { BridgeError } from './bridge-error.ts';
export type { BridgeErrorCode } from './bridge-error.ts';
export { startBridge } from './start-bridge.ts';
export type { RunningBridge, StartBridgeOptions } from './start-bridge.ts';
