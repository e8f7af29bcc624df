/** What a bridge takes from: phones that connect to it, a broker elsewhere, serial ports. */
import { PHONE_TOPIC_FILTERS } from '../firmware-protocol/index.ts';
import type { Bridge } from './bridge.ts';
import type { BridgeWorld } from './bridge-world.ts';
import type {
  BrokerSettings,
  ListenSettings,
  SerialSettings,
  StartBridgeOptions,
} from './bridge-settings.ts';
import { backoffMs } from './core/backoff.ts';
import { isPattern } from './core/port-pattern.ts';
import type { DeviceState } from './core/device-roster.ts';
import { startPhoneBroker } from './broker/start-phone-broker.ts';
import type { OnNotice } from './notice.ts';
import type { BridgeTimers, RecordStore } from './ports.ts';
import { superviseSerial } from './serial/index.ts';
import type { SerialPortStatus } from './serial/index.ts';
import { connectSubscriber } from './subscriber/subscriber.ts';
import type {
  BrokerStatus,
  DeviceStatus,
  ListenerStatus,
  SerialStatus,
  TrafficTally,
} from './watch/index.ts';
import { listed } from './wording.ts';

/** Sources that are open, or try to be. */
export interface OpenSources {
  readonly status: {
    readonly listener: ListenerStatus | undefined;
    readonly broker: BrokerStatus | undefined;
    readonly serial: SerialStatus | undefined;
  };
  /** The serial ports one by one. */
  readonly ports: readonly SerialPortStatus[];
  /**
   * Resolves when the broker elsewhere serves the bridge, or when there is none. Nobody has to wait for it.
   *
   * @throws BridgeError BROKER_UNREACHABLE, BROKER_REFUSED, TLS_FILE when the attempt at hand fails, or takes longer
   */
  established(timeoutMs: number): Promise<void>;
  /** For people: what they are. */
  readonly names: readonly string[];
  /** Takes nothing more, once what was taken has been acknowledged or the time for that is over. May be called again. */
  close(): Promise<void>;
}

/** What sources work with. */
export interface SourceContext {
  readonly bridge: Bridge;
  readonly bridgeId: string;
  readonly store: Pick<RecordStore, 'isFull' | 'onRoom'>;
  readonly timers: BridgeTimers;
  readonly world?: BridgeWorld;
  readonly traffic: TrafficTally;
  readonly onAcknowledged: (seconds: number) => void;
  readonly onNotice: OnNotice;
}

interface Source<Status> {
  readonly name: string;
  readonly status: Status;
  close(): Promise<void>;
}

/**
 * Opens what a bridge was told to take from. Only what is wrong on this machine is an error: a broker that is away, or a
 * port that is not plugged in, is waited for.
 *
 * @throws BridgeError LISTEN_FAILED, USERS_FILE, TLS_FILE, BROKER_UNREACHABLE for what is no broker's address
 */
export async function openSources(
  { listen, broker, serial }: Pick<StartBridgeOptions, 'listen' | 'broker' | 'serial'>,
  context: SourceContext,
): Promise<OpenSources> {
  const open: Source<unknown>[] = [];
  let closing: Promise<unknown> | undefined;
  const close = async (): Promise<void> => {
    closing ??= Promise.all(open.map((source) => source.close()));
    await closing;
  };
  const keep = <Opened extends Source<unknown>>(source: Opened): Opened => {
    open.push(source);
    return source;
  };
  try {
    const listener = listen && keep(await openListener(listen, context));
    const subscriber = broker && keep(await openBroker(broker, context));
    const ports = serial && keep(openSerial(serial, context));
    return {
      get status() {
        return {
          listener: listener?.status,
          broker: subscriber?.status,
          serial: ports?.status,
        };
      },
      established: async (timeoutMs) => subscriber?.established(timeoutMs),
      get ports() {
        return ports?.ports ?? [];
      },
      names: open.map(({ name }) => name),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openListener(
  { host, port, tls, users, allowInsecure }: ListenSettings,
  { bridge, store, traffic, onAcknowledged, onNotice }: SourceContext,
): Promise<Source<ListenerStatus>> {
  const { cert, key, clientCa } = tls;
  let isOpen = true;
  const phones = await startPhoneBroker({
    listen: { host, port },
    tls: cert === undefined || key === undefined ? undefined : { certFile: cert, keyFile: key },
    clientCaFile: clientCa,
    usersFile: users,
    allowInsecure,
    take: traffic.countMessages('embedded', bridge.take, onAcknowledged),
    store,
    onNotice,
    onEvent: (event) => {
      if (event.kind === 'refused') traffic.refuse(event.reason);
    },
  });
  return {
    name: `phones at ${phones.url}`,
    get status() {
      return { isOpen, connections: phones.connections, refused: traffic.refused };
    },
    close: async () => {
      isOpen = false;
      await phones.close();
    },
  };
}

async function openBroker(
  { url, credentials, tls }: BrokerSettings,
  { bridge, bridgeId, store, world, traffic, onAcknowledged, onNotice }: SourceContext,
): Promise<Source<BrokerStatus> & Pick<OpenSources, 'established'>> {
  const take = world?.admit?.(bridge.take) ?? bridge.take;
  const random = world?.random;
  let failure: string | undefined;
  const subscriber = await connectSubscriber({
    url,
    credentials,
    tls,
    clientId: `stedi-bridge-${bridgeId}`,
    filters: Object.values(PHONE_TOPIC_FILTERS),
    take: traffic.countMessages('external', take, onAcknowledged),
    store,
    onNotice: (notice) => {
      if (notice.level !== 'info') failure = notice.text;
      onNotice(notice);
    },
    ...(random !== undefined && {
      retryPauseMs: (failures: number) => backoffMs(failures, random),
    }),
    onStateChange: (isUp) => {
      if (isUp) failure = undefined;
    },
  });
  return {
    name: `the broker ${new URL(url).host}`,
    get status() {
      const { state, sessionsLost, oversized, redelivered, unacknowledged } = subscriber.health;
      const isUp = state === 'up';
      return {
        isUp,
        isRefused: state === 'refused',
        failure: isUp ? undefined : failure,
        sessionsLost,
        oversized,
        redelivered,
        unacknowledged,
      };
    },
    established: (timeoutMs) => subscriber.established(timeoutMs),
    close: () => subscriber.close(),
  };
}

function openSerial(
  settings: SerialSettings,
  { bridge, timers, world: { ports, pollMs } = {}, onNotice }: SourceContext,
): Source<SerialStatus> & { readonly ports: readonly SerialPortStatus[] } {
  const supervisor = superviseSerial({
    ...settings,
    bridge,
    timers,
    onNotice,
    ...(ports !== undefined && { world: ports }),
    ...(pollMs !== undefined && { pollMs }),
  });
  return {
    name: describePorts(settings.ports),
    get ports() {
      return supervisor.status.ports;
    },
    get status() {
      const { ports, absent } = supervisor.status;
      const states: Record<string, number> = { open: 0, waiting: 0, busy: 0, refused: 0 };
      for (const { state } of ports) states[state] = (states[state] ?? 0) + 1;
      return { ports: states, absent, devices: bridge.devices.map(toDeviceStatus) };
    },
    close: async () => {
      await supervisor.rest();
      await supervisor.close();
    },
  };
}

function describePorts(ports: readonly string[]): string {
  const isOne = ports.length === 1 && !ports.some((port) => port === 'auto' || isPattern(port));
  return `the serial port${isOne ? '' : 's'} ${listed(ports)}`;
}

function toDeviceStatus({ serialNumber, ...device }: DeviceState): DeviceStatus {
  const { clockOffsetMs, clockDriftPpm, missing } = device;
  return { device: serialNumber, clockOffsetMs, clockDriftPpm, missing };
}
