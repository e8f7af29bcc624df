/** The rows of a landing zone, and the truth about them. */
import type { CustomerRecord } from '../../core/customer-feed.ts';

/** One row of `accelerometer_landing`. */
export interface AccelerometerRow {
  readonly user: string;
  readonly timeStamp: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** One row of `step_trainer_landing`. */
export interface StepTrainerRow {
  readonly sensorReadingTime: number;
  readonly serialNumber: string;
  readonly distanceFromObject: number;
}

/** What is true of a customer: who they are, and the trainer that they really have. */
export interface TrueCustomer {
  readonly person: number;
  readonly user: string;
  readonly household: number;
  readonly serialNumber: string;
  /** What fulfilment wrote down instead. */
  readonly fulfilledSerialNumber: string;
}

/** What is true of a session: who was on which trainer, and when, in epoch ms of the world. */
export interface TrueSession {
  readonly person: number;
  readonly user: string;
  readonly serialNumber: string;
  readonly sessionStart: number;
  readonly sessionEnd: number;
  /** Rows of the trainer and of the phone that landed, each counted once. */
  readonly readings: number;
  readonly samples: number;
  /** What the phone's clock showed minus the true time at the start, in ms, to a thousandth. */
  readonly phoneOffsetMs: number;
}

/** The rows of each object that a household adds to: three tables, and the truth. */
export interface LandingHousehold {
  readonly customer_landing: readonly CustomerRecord[];
  readonly accelerometer_landing: readonly AccelerometerRow[];
  readonly step_trainer_landing: readonly StepTrainerRow[];
  readonly customers: readonly TrueCustomer[];
  readonly sessions: readonly TrueSession[];
}
