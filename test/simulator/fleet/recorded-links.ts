/** Links that write down what is sent over them. */
import { decodeDeviceLine } from '../../../firmware-protocol/index.ts';
import type { DecodedDeviceLine } from '../../../firmware-protocol/index.ts';
import type {
  DevicePort,
  PhoneNetwork,
  PhoneUplink,
  RestartableBroker,
  SerialCables,
} from '../../../simulator/fleet/links.ts';

/** The device's end of a cable. */
export class RecordedPort implements DevicePort {
  readonly sent: string[] = [];
  readonly station: number;
  /** Whether the transmit buffer has room. */
  hasRoom = true;
  isOpen = true;
  /** Whether what is sent arrives at once; otherwise it is under way. */
  arrives = true;
  /** Loses the line that was sent last and is under way. */
  loseLast: () => void = () => undefined;
  #listener: (bytes: string) => void = () => undefined;

  constructor(station: number) {
    this.station = station;
  }

  send(bytes: string, onEnd: (arrived: boolean) => void = () => undefined): boolean {
    if (!this.hasRoom) return false;
    this.sent.push(bytes);
    if (this.arrives) onEnd(true);
    else this.loseLast = () => onEnd(false);
    return true;
  }

  onReceive(listener: (bytes: string) => void): void {
    this.#listener = listener;
  }

  /** The host sends something. */
  receive(bytes: string): void {
    this.#listener(bytes);
  }

  close(): void {
    this.isOpen = false;
  }

  /** What was sent, decoded. */
  get lines(): DecodedDeviceLine[] {
    return this.sent.map((bytes) => decodeDeviceLine(bytes.slice(0, -1)));
  }

  /** What was sent, as the kinds of its lines. */
  get kinds(): string[] {
    return this.lines.map(({ kind }) => kind);
  }
}

/** Cables whose ports are kept in the order in which they were plugged in. */
export class RecordedCables implements SerialCables {
  readonly ports: RecordedPort[] = [];

  plug(station: number): RecordedPort {
    const port = new RecordedPort(station);
    this.ports.push(port);
    return port;
  }

  /** The port that was plugged in last. */
  get last(): RecordedPort {
    return this.ports.at(-1) as RecordedPort;
  }
}

/** One message of a phone. */
export interface RecordedMessage {
  readonly clientId: string;
  readonly topic: string;
  readonly payload: unknown;
  readonly acknowledge: () => void;
}

/** A network that takes every message and acknowledges it when it is told to. */
export class RecordedNetwork implements PhoneNetwork {
  readonly messages: RecordedMessage[] = [];
  readonly events: string[] = [];

  connect(clientId: string): PhoneUplink {
    this.events.push(`connect ${clientId}`);
    return {
      publish: (topic, payload, acknowledge) => {
        this.messages.push({
          clientId,
          topic,
          payload: JSON.parse(payload) as unknown,
          acknowledge,
        });
      },
      close: () => this.events.push(`close ${clientId}`),
    };
  }
}

/** A broker that tells when it was taken down and up. */
export class RecordedBroker implements RestartableBroker {
  readonly events: string[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  down(): void {
    this.events.push(`down ${this.#now()}`);
  }

  up(): void {
    this.events.push(`up ${this.#now()}`);
  }
}
