import type { DeviceLine } from '../../firmware-protocol/index.ts';
import type { RandomStreams } from '../core/random.ts';
import type { Timers } from '../core/timers.ts';
import type { stepTrainer, TrainerProduct } from '../core/trainer.ts';

/** What a board consists of; see {@link VirtualBoardOptions.rework}. */
export interface BoardParts {
  readonly step: typeof stepTrainer;
  /** The bytes of a line, its line end included; none when it is empty. */
  readonly encode: (line: DeviceLine) => string;
  /** Queues bytes, all or none, and says whether there was room. What a host waits for is urgent. */
  readonly send: (bytes: string, urgent: boolean) => boolean;
  /** Time from reading to reading in ms. */
  readonly periodMs: (rateHz: number) => number;
}

/** A healthy board of 57,600 Bd with an exact clock, unless options say otherwise. All options keep the protocol. */
export interface VirtualBoardOptions {
  readonly timers: Timers;
  /** Where the board draws its serial number, boot ids and chunk borders from. */
  readonly streams: RandomStreams;
  readonly baudRate?: number;
  /** How much its clock runs ahead, in ppm. */
  readonly driftPpm?: number;
  /** A lower-case UUID; drawn if not given. */
  readonly serialNumber?: string;
  /** The trainer of STEDI if not given. */
  readonly product?: TrainerProduct;
  /** The options of `=CAPS`; those of the trainer of STEDI if not given. */
  readonly capabilities?: readonly string[];
  /** What the sensor sees at a time, 0–65535. */
  readonly distanceAt?: (timeMs: number) => number;
  /** Time between two steps in ms; given, there is one reading per step, and the rate of START is an upper bound. */
  readonly stepPeriodMs?: number;
  /** How long a boot loader holds the board back after each start, in ms. */
  readonly bootDelayMs?: number;
  readonly lineEnd?: '\r\n' | '\n';
  /** Whether bytes of another baud rate come out after each start. */
  readonly romGarbage?: boolean;
  /** Time between two lines of free text in ms; none if not given. */
  readonly textEveryMs?: number;
  /** How long the host's adapter may hold bytes back, in ms. */
  readonly latencyMsMax?: number;
  /** Exchanges parts of the board. */
  readonly rework?: (parts: BoardParts, timers: Timers) => Partial<BoardParts>;
}
