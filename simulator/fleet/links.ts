/** The wires of a fleet: what stations and phones need of the links that carry their bytes. */

/** The device's end of a serial cable. Bytes are one per character. */
export interface DevicePort {
  /** Sends bytes; false when the transmit buffer had no room. `onEnd` is told once whether they arrived or a cut cable swallowed them. */
  send(bytes: string, onEnd?: (arrived: boolean) => void): boolean;
  onReceive(listener: (bytes: string) => void): void;
  /** Pulls the cable: bytes under way are lost. */
  close(): void;
}

/** Makes the serial cable of a station. */
export interface SerialCables {
  plug(station: number): DevicePort;
}

/** A phone's connection to the broker: QoS 1, messages wait while the broker is away. */
export interface PhoneUplink {
  publish(topic: string, payload: string, onAcknowledged: () => void): void;
  close(): void;
}

/** Connects a phone to the broker. */
export interface PhoneNetwork {
  connect(clientId: string): PhoneUplink;
}

/** A broker that can go away and come back with its sessions. */
export interface RestartableBroker {
  down(): void;
  up(): void;
}
