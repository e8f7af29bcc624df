/** The columns of what is written. Those of the landing tables are the catalog's, as a test makes sure. */
import type { LandingHousehold } from './landing-rows.ts';

/** A kind of object: a landing table, or one of the two parts of the truth. */
export type LandingObjectKind = keyof LandingHousehold;

/** The kinds of objects that a landing zone with its truth consists of. */
export const LANDING_OBJECTS: readonly LandingObjectKind[] = [
  'customer_landing',
  'accelerometer_landing',
  'step_trainer_landing',
  'customers',
  'sessions',
];

/** One column; `time` is a whole number of ms since 1970. */
export interface LandingColumn {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'number' | 'time';
  readonly nullable: boolean;
}

const column = (
  type: LandingColumn['type'],
  nullable: boolean,
  ...names: readonly string[]
): LandingColumn[] => names.map((name) => ({ name, type, nullable }));

/** The columns of every kind of object, in their order. */
export const LANDING_COLUMNS: Readonly<Record<LandingObjectKind, readonly LandingColumn[]>> = {
  customer_landing: [
    ...column('string', true, 'customerName'),
    ...column('string', false, 'email'),
    ...column('string', true, 'phone', 'birthDay', 'serialNumber'),
    ...column('time', false, 'registrationDate', 'lastUpdateDate'),
    ...['Research', 'Public', 'Friends'].flatMap((audience) =>
      column('time', true, `shareWith${audience}AsOfDate`),
    ),
  ],
  accelerometer_landing: [
    ...column('string', false, 'user'),
    ...column('time', false, 'timeStamp'),
    ...column('number', false, 'x', 'y', 'z'),
  ],
  step_trainer_landing: [
    ...column('time', false, 'sensorReadingTime'),
    ...column('string', false, 'serialNumber'),
    ...column('integer', false, 'distanceFromObject'),
  ],
  customers: [
    ...column('integer', false, 'person'),
    ...column('string', false, 'user'),
    ...column('integer', false, 'household'),
    ...column('string', false, 'serialNumber', 'fulfilledSerialNumber'),
  ],
  sessions: [
    ...column('integer', false, 'person'),
    ...column('string', false, 'user', 'serialNumber'),
    ...column('time', false, 'sessionStart', 'sessionEnd'),
    ...column('integer', false, 'readings', 'samples'),
    ...column('number', false, 'phoneOffsetMs'),
  ],
};
