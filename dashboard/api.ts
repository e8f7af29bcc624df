/** What the demo page and its server tell each other. Times are epoch ms of the world unless they say otherwise. */
export type {
  Deed,
  DeedDone,
  ObjectPage,
  ReadingLife,
  Refusal,
  RowKind,
  RowPage,
  TruthRow,
} from './api-requests.ts';

/** How a run goes on: the world lives; what is under way arrives; it is over; a part failed beyond what was asked for. */
export type Phase = 'starting' | 'running' | 'draining' | 'ended' | 'failed';

/** The two pipelines that are shown. */
export type DemoPolicy = 'classic' | 'strict';

/** Tables that pipelines make, in the order of the data's way. */
export type DemoTable =
  | 'customer_trusted'
  | 'accelerometer_trusted'
  | 'customer_curated'
  | 'step_trainer_trusted'
  | 'machine_learning_curated';

/**
 * `GET /api/run`, and the event `run`: what does not change while a run goes on. It comes once more when a real device
 * joins, whose station is then among the others.
 */
export interface RunFacts {
  /** New with each run: whoever sees another one than before begins anew. */
  readonly runId: string;
  readonly title: string;
  readonly about: string | undefined;
  /** Name or path of the scenario file. */
  readonly file: string;
  readonly seed: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly people: readonly PersonFacts[];
  readonly stations: readonly StationFacts[];
  /** How many samples a phone takes in a second, and how many distances a trainer measures; 0 when they follow steps. */
  readonly ratesHz: { readonly phone: number; readonly trainer: number };
  /** The largest pool of serial numbers: as many as there are trainers. */
  readonly poolMax: number;
}

/** One simulated person. */
export interface PersonFacts {
  readonly id: number;
  readonly name: string;
  readonly station: number;
  readonly clientId: string;
}

/** One serial port with whatever is on it. */
export interface StationFacts {
  readonly id: number;
  /** Name of the port, such as `ttySTEDI3`; of a real device its path. */
  readonly port: string;
  readonly kind: 'virtual' | 'real';
}

/** The event `state`, several times a second: how everything is now. */
export interface RunState {
  readonly phase: Phase;
  /** What failed and what to do, in the phase `failed`. */
  readonly failure: string | undefined;
  readonly atMs: number;
  readonly speed: number;
  readonly isPaused: boolean;
  readonly trainers: readonly TrainerState[];
  readonly phones: readonly PhoneState[];
  readonly flow: Flow;
  readonly switches: Switches;
}

/** A trainer at a station. */
export interface TrainerState {
  readonly station: number;
  readonly condition: 'away' | 'idle' | 'measuring' | 'unplugged' | 'garbled';
  /** Serial number of the box that stands there; `undefined` when there is none, or nothing is known of it yet. */
  readonly serialNumber: string | undefined;
  /** Who exercises on it now. */
  readonly person: number | undefined;
  /** Readings until now. */
  readonly readings: number;
}

/** A phone. */
export interface PhoneState {
  readonly person: number;
  readonly isConnected: boolean;
  readonly isStreaming: boolean;
  /** Samples until now. */
  readonly samples: number;
  /** By how much its clock is off now, in ms. */
  readonly clockOffMs: number;
  /** Whether the person shares data for research now. */
  readonly isConsenting: boolean;
}

/** How much passes each part, in units per second over the last seconds, and altogether. */
export interface Flow {
  readonly serial: Rate & { readonly bytesPerSecond: number };
  readonly mqtt: Rate & { readonly samplesPerSecond: number; readonly isUp: boolean };
  readonly bridge: Rate & { readonly quarantined: number };
  readonly spool: Rate & { readonly waitingRows: number; readonly bytes: number };
  readonly s3: Rate & {
    readonly objects: number;
    readonly bytesPerSecond: number;
    readonly isUp: boolean;
  };
}

/** Lines, messages, records, rows, rows: of serial, MQTT, bridge, spool, S3. */
export interface Rate {
  readonly perSecond: number;
  readonly total: number;
}

/** What is switched how. */
export interface Switches {
  /** Size of the pool of serial numbers that the website gives out; `undefined` when everybody has their own. */
  readonly pool: number | undefined;
  readonly policy: DemoPolicy;
  /** By how much clocks of phones are off at most, in ms. */
  readonly skewMs: number;
  readonly broker: 'up' | 'down';
  readonly storage: 'up' | 'down';
  readonly unplugged: readonly number[];
  readonly garbled: readonly number[];
  /** People who withdrew since the beginning. */
  readonly withdrawn: readonly number[];
  /** True while a real device is on a port: its clock cannot be made faster. */
  readonly isSpeedFixed: boolean;
}

/** The event `verdict`: what the pipelines made of what has landed, held against the truth. */
export interface Verdict {
  /** Counts from 1. */
  readonly cycle: number;
  /** What landed until then is judged. */
  readonly asOfMs: number;
  /** Real ms that both pipelines and the judgement took. */
  readonly tookMs: number;
  readonly truth: TruthCounts;
  readonly policies: Readonly<Record<DemoPolicy, PolicyVerdict>>;
}

/** What really happened, until the moment of a verdict. */
export interface TruthCounts {
  /** Distances and samples that bodies made. */
  readonly steps: number;
  readonly samples: number;
  /** Of them, those that landed. */
  readonly landedSteps: number;
  readonly landedSamples: number;
  readonly peopleExercised: number;
  readonly peopleConsenting: number;
  /** Landed steps and samples that may be used, with the consent of whoever made them. */
  readonly usableSteps: number;
  readonly usableSamples: number;
}

/** What one pipeline believes. */
export interface PolicyVerdict {
  readonly tables: Readonly<Record<DemoTable, TableVerdict>>;
  /** Rows of all tables about people who do not share data for research, or not yet. */
  readonly leaked: number;
  /** Rows of step_trainer_trusted that are given to somebody who did not make them, or to several people. */
  readonly misattributed: number;
  /** Rows of the ML table that pair a step with the phone of somebody else. */
  readonly mismatched: number;
  /** Rows of the ML table that are right in every way. */
  readonly rightPairs: number;
  /** What a pipeline stopped with; its numbers are those of the cycle before. */
  readonly failure: string | undefined;
}

/** One table against the truth. */
export interface TableVerdict {
  readonly rows: number;
  /** Rows that it should have. */
  readonly due: number;
  readonly leaked: number;
  readonly wrong: number;
  readonly missing: number;
}

/** The event `story`: one line of what happened. The event's id names the run and the line: whoever comes back gets what was missed. */
export interface StoryLine {
  /** Counts from 1 within a run. */
  readonly id: number;
  readonly atMs: number;
  readonly text: string;
  /** `deed`: somebody did it here; `effect`: what a deed changed; `world`: the scenario did it; `trouble`: a part failed. */
  readonly kind: 'deed' | 'effect' | 'world' | 'trouble';
}

/** The event `signal` of `GET /api/signals?person=N`: what was measured since the last one, on the world's clock. */
export interface SignalChunk {
  readonly person: number;
  /** Time, x, y, z in g. */
  readonly samples: readonly (readonly [number, number, number, number])[];
  /** Time, distance as it lands. */
  readonly distances: readonly (readonly [number, number])[];
}
