/** The bridge as a service: real serial ports, a real broker, a real bucket. */
import { randomBytes } from 'node:crypto';
import { createS3Client } from '../pipeline/index.ts';
import { PHONE_TOPIC_FILTERS } from '../firmware-protocol/index.ts';
import { brokerAddress } from './adapters/broker-failure.ts';
import { connectSubscriber } from './adapters/mqtt-subscriber.ts';
import { RetryingSink } from './adapters/retrying-sink.ts';
import { S3Sink } from './adapters/s3-sink.ts';
import { openSerialPort } from './adapters/serial-port.ts';
import { SystemTimers } from './adapters/system-timers.ts';
import { BatchStore } from './batch-store.ts';
import { Bridge } from './bridge.ts';
import type { BridgeCounts } from './core/bridge-counts.ts';

/** Where a bridge takes from and where it puts. */
export interface StartBridgeOptions {
  /** Names the bridge at the broker, which keeps its session, and in object names: letters, digits, hyphens. */
  readonly id: string;
  readonly serialPaths: readonly string[];
  readonly baudRate: number;
  readonly brokerUrl: string | undefined;
  /** S3 endpoint; `undefined` for AWS itself. */
  readonly endpoint: string | undefined;
  readonly bucket: string;
  /** Told what happens that somebody should know. */
  readonly onNotice: (notice: string) => void;
}

/** A bridge that runs. */
export interface RunningBridge {
  readonly counts: BridgeCounts;
  /**
   * Stops the devices, stores what is collected, and lets everything go.
   *
   * @throws BridgeError when something could not be stored
   */
  close(): Promise<void>;
}

/**
 * Opens everything and begins to land.
 *
 * @throws BridgeError with the code of the port, broker or storage that could not be had; nothing stays open then
 */
export async function startBridge(options: StartBridgeOptions): Promise<RunningBridge> {
  const { id, serialPaths, baudRate, brokerUrl, endpoint, bucket, onNotice } = options;
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.reverse()) await step();
  };
  try {
    const client = createS3Client(endpoint);
    undo.push(async () => client.destroy());
    const sink = new S3Sink({ client, bucket, prefix: '' });
    await sink.check();
    const timers = new SystemTimers();
    undo.push(async () => timers.stop());
    const closing = new AbortController();
    let unstored: unknown;
    const store = new BatchStore({
      // Object names count from 0 in every process: without a name of its own, one would overwrite another's objects.
      id: `${id}-${randomBytes(4).toString('hex')}`,
      timers,
      sink: new RetryingSink({
        sink,
        signal: closing.signal,
        onFailure: ({ key }) => onNotice(`Could not store ${key}; trying again.`),
      }),
      onStoreFailure: (_object, cause) => (unstored ??= cause),
    });
    const bridge = new Bridge({ store, timers });
    // Undone from the last to the first: no more messages, then the rest is stored, then the ports are given back.
    const ports = await openPorts(bridge, { serialPaths, baudRate, onNotice, undo });
    undo.push(async () => {
      closing.abort();
      bridge.stop();
      await store.close();
    });
    if (brokerUrl !== undefined) {
      const subscriber = await connectSubscriber({
        url: brokerUrl,
        clientId: `stedi-bridge-${id}`,
        filters: Object.values(PHONE_TOPIC_FILTERS),
        onMessage: (topic, payload) =>
          new Promise((resolve) => bridge.take({ topic, payload, dup: false }, resolve)),
        onStateChange: (up) => onNotice(up ? 'The broker is connected.' : 'The broker is away.'),
      });
      undo.push(() => subscriber.close());
    }
    const broker = brokerUrl === undefined ? 'no broker' : `the broker ${brokerAddress(brokerUrl)}`;
    onNotice(`Bridge ${id} lands ${ports} serial ports and ${broker} in ${bucket}.`);
    return {
      get counts() {
        return bridge.counts;
      },
      close: async () => {
        await close();
        if (unstored !== undefined) throw unstored;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openPorts(
  bridge: Bridge,
  options: Pick<StartBridgeOptions, 'serialPaths' | 'baudRate' | 'onNotice'> & {
    readonly undo: (() => Promise<void>)[];
  },
): Promise<number> {
  const { serialPaths, baudRate, onNotice, undo } = options;
  for (const path of serialPaths) {
    const channel = await openSerialPort({ path, baudRate });
    undo.push(() => channel.close());
    channel.onClose(({ disconnected }) => {
      if (disconnected) onNotice(`${path} is gone.`);
    });
    bridge.attach(channel, baudRate);
  }
  return serialPaths.length;
}
