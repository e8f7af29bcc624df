/** The bridge of a live run: the one of production, on the clock of the world. */
import { join } from 'node:path';
import { machinePorts, NO_WINDOWS, startBridge } from '../../bridge/index.ts';
import type { BridgeWorld, Notice, RunningBridge, SerialWorld } from '../../bridge/index.ts';
import { parsePhoneTopic } from '../../firmware-protocol/index.ts';
import type { Timers, WallTime } from '../../simulator/index.ts';
import type { LiveStorage } from './live-storage.ts';
import { listenToPorts } from './serial-traffic.ts';

/** What the bridge of a live run is set up with. */
export interface LiveBridgeOptions {
  readonly runId: string;
  /** Folder for its spool. */
  readonly folder: string;
  readonly timers: Timers & Pick<WallTime, 'speed'>;
  readonly storage: LiveStorage;
  readonly brokerUrl: string;
  readonly serial: { readonly ports: readonly string[]; readonly baudRate: number };
  /** How long a record waits for its object to be filled, in ms of the world. */
  readonly flushMs: number;
  /** Gives what is told the bytes that come from the device on a port. */
  readonly listen: (path: string) => (chunk: Uint8Array) => void;
  /** Called before an object is sent to the storage. */
  readonly beforeStoring: () => void;
  readonly onNotice: (notice: Notice) => void;
  /** Told when the end mark has come through the broker: nothing that was published before it is still there. */
  readonly onEndMark: () => void;
  /** Told how many bytes were stored. */
  readonly onStored: (bytes: number) => void;
}

/** No pause is longer than a second and a half. */
const PAUSE_SHARE = 0.05;

/** The client that says through the broker that all others are done. */
export const END_MARK = 'end';

/** Starts the bridge. @throws BridgeError as {@link startBridge} does */
export function startLiveBridge(options: LiveBridgeOptions): Promise<RunningBridge> {
  const { runId, folder, serial, brokerUrl, storage, flushMs, onNotice } = options;
  const { bucket, endpoint } = storage.place;
  return startBridge(
    {
      id: runId,
      spoolFolder: join(folder, 'spool'),
      flushMs,
      serial,
      broker: {
        url: brokerUrl,
        credentials: undefined,
        tls: { ca: undefined, cert: undefined, key: undefined },
      },
      listen: undefined,
      storage: { kind: 'bucket', bucket, endpoint },
      watch: undefined,
      notices: { notice: onNotice, close: () => undefined },
    },
    worldOf(options),
  );
}

function worldOf({
  runId,
  timers,
  storage,
  listen,
  beforeStoring,
  onEndMark,
  onStored,
}: LiveBridgeOptions): BridgeWorld {
  // What a machine without a list of its ports has in other places is named by its path.
  const ports: SerialWorld = listenToPorts(
    machinePorts(() => undefined),
    listen,
  );
  const { sink } = storage.bridgeSink;
  return {
    timers,
    // What comes twice shall land twice here: that the zones hold it once is for the pipeline to show.
    windows: NO_WINDOWS,
    sink: {
      ...storage.bridgeSink,
      sink: {
        put: (object, signal) => {
          beforeStoring();
          return sink.put(object, signal);
        },
      },
    },
    ports,
    // Whoever brings the storage or the broker back wants to see it.
    random: () => PAUSE_SHARE,
    admit: (take) => (message, onDurable) => {
      const clientId = parsePhoneTopic(message.topic)?.clientId ?? '';
      // Other runs may share the broker: their phones are not ours.
      if (!clientId.startsWith(`${runId}-`)) return onDurable();
      if (clientId !== `${runId}-${END_MARK}`) return take(message, onDurable);
      onEndMark();
      return onDurable();
    },
    onStored: ({ objects }) => onStored(objects.reduce((sum, { bytes }) => sum + bytes, 0)),
  };
}
