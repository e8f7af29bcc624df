import { encodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../firmware-protocol/index.ts';
import { drawContinuousWalk } from '../core/continuous-walk.ts';
import { drawUuid } from '../core/random.ts';
import type { Random, RandomStreams } from '../core/random.ts';
import { RepeatedStepTests } from '../core/repeated-step-tests.ts';
import type { Sensor } from '../core/sensor.ts';
import type { Timers } from '../core/timers.ts';
import { FREE_RUNNING_OPTIONS, STEP_TRAINER, STEPWISE_OPTIONS } from '../core/trainer.ts';
import { TrainerDriver } from '../fleet/trainer-driver.ts';
import { pacePort } from './paced-port.ts';
import type { PacedPort } from './paced-port.ts';
import { claimPortFolder } from './port-folder.ts';
import type { PortFolder } from './port-folder.ts';
import { openVirtualPort } from './pty.ts';

/** How people move on simulated trainers. */
export const MOTION_PROFILES = ['continuous', 'step-test'] as const;
/** One of {@link MOTION_PROFILES}. */
export type MotionProfile = (typeof MOTION_PROFILES)[number];

/** Clocks of trainers are off by up to this much; they state a bound of 200 ppm. */
const DRIFT_PPM_MAX = 100;
/** Part of the transmit buffer that readings leave free, so that an answer goes out in time on a line that is full. */
const ANSWER_ROOM_BYTES = 128;

/** What trainers on ports are made of. */
export interface TrainerPortsOptions {
  /** Where the links to the ports are: `ttySTEDI0`, `ttySTEDI1`, … */
  readonly folder: string;
  readonly trainers: number;
  readonly baudRate: number;
  readonly profile: MotionProfile;
  readonly streams: RandomStreams;
  /** Must run on real time. */
  readonly timers: Timers;
}

/** A port and the trainer that stands at it. */
export interface TrainerPort {
  readonly link: string;
  /** The terminal that the link leads to; `undefined` while the cable is unplugged. */
  readonly path: string | undefined;
  readonly serialNumber: string;
  readonly model: string;
  readonly profile: MotionProfile;
  /** How much the trainer's clock runs ahead, in ppm. */
  readonly driftPpm: number;
}

interface Box {
  readonly serialNumber: string;
  readonly driftPpm: number;
}

/** Virtual trainers on pseudo-terminals, which can be unplugged, plugged in, swapped and rebooted while hosts look on. */
export class TrainerPorts {
  readonly #folder: PortFolder;
  readonly #places: Place[];

  /**
   * Opens the ports; each trainer boots. What was opened is closed again when one fails.
   *
   * @throws SimulatorError `FOLDER_IN_USE`, `FOLDER_FAILED`, `LINK_EXISTS`, `LINK_FAILED`, `PTY_UNAVAILABLE`
   */
  constructor(options: TrainerPortsOptions) {
    this.#folder = claimPortFolder(options.folder);
    this.#places = Array.from(
      { length: options.trainers },
      (_, number) => new Place(options, number, this.#folder.linkOf(number)),
    );
    try {
      for (const place of this.#places) place.plug();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The ports by their numbers. */
  get ports(): readonly TrainerPort[] {
    return this.#places.map((place) => place.description);
  }

  /** Pulls a cable: the port and its link vanish, the trainer loses its power. False when it is not plugged in. */
  unplug(port: number): boolean {
    return this.#place(port).unplug();
  }

  /**
   * Plugs a cable in again: another terminal under the same link. False when it is plugged in.
   *
   * @throws SimulatorError `LINK_EXISTS`, `LINK_FAILED`, `PTY_UNAVAILABLE`
   */
  plug(port: number): boolean {
    return this.#place(port).plug();
  }

  /** Lets the trainers of two ports change places; the ports stay open. False for twice the same port. */
  swap(port: number, other: number): boolean {
    if (port === other) return false;
    const [here, there] = [this.#place(port), this.#place(other)];
    const box = here.box;
    here.exchange(there.box);
    there.exchange(box);
    return true;
  }

  /** Takes a trainer's power away and gives it back. False when it has none. */
  reboot(port: number): boolean {
    return this.#place(port).reboot();
  }

  /** Unplugs everything and gives the folder back. May be called again. */
  close(): void {
    for (const place of this.#places) place.unplug();
    this.#folder.release();
  }

  #place(port: number): Place {
    return this.#places[port] as Place;
  }
}

/** A cable, what hangs on it, and who moves in front of it. */
class Place {
  readonly #options: TrainerPortsOptions;
  readonly #link: string;
  readonly #driver: TrainerDriver;
  #box: Box;
  #port: PacedPort | undefined;
  #path: string | undefined;

  constructor(options: TrainerPortsOptions, number: number, link: string) {
    const { streams, timers, profile } = options;
    this.#options = options;
    this.#link = link;
    this.#box = drawBox(streams(`box:${number}/identity`));
    this.#driver = new TrainerDriver({
      timers,
      bootRandom: streams(`port:${number}/boot`),
      sensor: drawSensor(profile, streams(`port:${number}/motion`), timers.now()),
      send: (line) => this.#send(line),
    });
  }

  get box(): Box {
    return this.#box;
  }

  get description(): TrainerPort {
    const { profile } = this.#options;
    return { link: this.#link, path: this.#path, model: STEP_TRAINER.model, profile, ...this.#box };
  }

  plug(): boolean {
    if (this.#port !== undefined) return false;
    const { timers, baudRate } = this.#options;
    const terminal = openVirtualPort({ link: this.#link });
    this.#path = terminal.path;
    this.#port = pacePort(terminal, { timers, baudRate });
    this.#port.onReceive(
      (bytes) => this.#driver.receive(bytes),
      () => !this.#driver.isHeldUp,
    );
    this.#start();
    return true;
  }

  unplug(): boolean {
    if (this.#port === undefined) return false;
    this.#driver.powerOff();
    this.#port.close();
    this.#port = undefined;
    this.#path = undefined;
    return true;
  }

  exchange(box: Box): void {
    this.#box = box;
    this.reboot();
  }

  reboot(): boolean {
    if (this.#port === undefined) return false;
    this.#driver.powerOff();
    this.#port.cut();
    this.#start();
    return true;
  }

  #start(): void {
    const { serialNumber, driftPpm } = this.#box;
    const options = this.#options.profile === 'step-test' ? STEPWISE_OPTIONS : FREE_RUNNING_OPTIONS;
    this.#driver.powerOn({ serialNumber, driftPpm, options, why: 'PWR' });
  }

  #send(line: DeviceLine): boolean {
    if (this.#port === undefined) return false;
    const bytes = encodeDeviceLine(line);
    const kept = line.kind === 'reading' || line.kind === 'text' ? ANSWER_ROOM_BYTES : 0;
    return bytes.length + kept <= this.#port.freeBytes && this.#port.send(bytes);
  }
}

function drawBox(random: Random): Box {
  const serialNumber = drawUuid(random);
  const driftPpm = Math.round((2 * random.next() - 1) * DRIFT_PPM_MAX * 10) / 10;
  return { serialNumber, driftPpm };
}

function drawSensor(profile: MotionProfile, random: Random, startMs: number): Sensor {
  return profile === 'step-test'
    ? new RepeatedStepTests(random, startMs)
    : drawContinuousWalk(random, startMs);
}
