import {
  claimPortFolder,
  openVirtualPort,
  pacePort,
  ReplayDevice,
  WallTime,
  writeReplayScript,
} from '../../simulator/index.ts';
import type { PacedPort, PortFolder, Recording } from '../../simulator/index.ts';

/** A recorded device on a port that any program can open. */
export interface ServedReplay {
  /** The port by its stable name, and by the name that the system gave it. */
  readonly link: string;
  readonly path: string;
  /** Unplugs the device, and removes its port. */
  stop(): void;
}

/** How a recording is served. */
export interface ServeReplayOptions {
  readonly recording: Recording;
  /** Folder of the port `ttySTEDI0`; made if it is missing. */
  readonly folder: string;
  /** How many times faster than it was recorded. */
  readonly speed: number;
  /** Told when everything has been sent. From then on the device is alive and has nothing more to tell. */
  readonly onEnd: () => void;
}

/**
 * Puts a recorded device on a pseudo-terminal, at the pace of its baud rate.
 *
 * @throws SimulatorError `PTY_UNAVAILABLE`, `FOLDER_IN_USE`, `FOLDER_FAILED`, `LINK_EXISTS`, `LINK_FAILED`
 */
export function serveReplay(options: ServeReplayOptions): ServedReplay {
  const folder = claimPortFolder(options.folder);
  try {
    return new Served(options, folder);
  } catch (error) {
    folder.release();
    throw error;
  }
}

class Served implements ServedReplay {
  readonly link: string;
  readonly path: string;
  readonly #folder: PortFolder;
  readonly #time = new WallTime(Date.now(), 1);
  readonly #port: PacedPort;
  readonly #device: ReplayDevice;

  constructor({ recording, speed, onEnd }: ServeReplayOptions, folder: PortFolder) {
    this.#folder = folder;
    this.link = folder.linkOf(0);
    const port = openVirtualPort({ link: this.link });
    this.path = port.path;
    const timers = this.#time;
    this.#port = pacePort(port, { timers, baudRate: recording.header.baud * speed });
    this.#device = new ReplayDevice({
      script: writeReplayScript(recording),
      timers,
      speed,
      onEnd,
      send: (bytes) => this.#port.send(bytes),
    });
    this.#port.onReceive(
      (bytes) => this.#device.receive(bytes),
      () => !this.#device.isHeldUp,
    );
    this.#device.start();
  }

  stop(): void {
    this.#device.stop();
    this.#time.stop();
    this.#port.close();
    this.#folder.release();
  }
}
