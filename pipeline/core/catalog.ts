/** The catalog: the one definition of the eight tables. Validators, readers, engines and documents derive from it. */

/** The tables as they land. */
export const LANDING_TABLES = [
  'customer_landing',
  'accelerometer_landing',
  'step_trainer_landing',
] as const;

/** The tables that the pipeline makes, in the order in which they are made. */
export const ZONE_TABLES = [
  'customer_trusted',
  'accelerometer_trusted',
  'customer_curated',
  'step_trainer_trusted',
  'machine_learning_curated',
] as const;

/** The name of a table as it lands. */
export type LandingTableName = (typeof LANDING_TABLES)[number];
/** The name of a table that the pipeline makes. */
export type ZoneTableName = (typeof ZONE_TABLES)[number];
/** The name of any table. */
export type TableName = LandingTableName | ZoneTableName;

/** `classic` is what the published projects do, `strict` is the right answer. */
export type Policy = 'classic' | 'strict';

/**
 * Which data of somebody who consents may be used. `from-date`: what was measured from the date of the consent on, until it
 * is taken back. `ever`: as the published projects read it, everything, once any version of the customer gave consent.
 */
export type ConsentRule = 'from-date' | 'ever';

/** `integer`: a whole number of at most 53 bits; `number`: a finite double. */
export type ColumnType = 'string' | 'integer' | 'number';

/** One column. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether the value may be absent or null. */
  readonly nullable: boolean;
  /** Whether the value tells who somebody is. */
  readonly personal: boolean;
  readonly description: string;
  /** `epoch-ms`: milliseconds since 1970 (UTC), from 0 to the end of the year 9999. */
  readonly unit?: 'epoch-ms';
  /** The only policy whose table has this column; without it, both have. */
  readonly policy?: Policy;
}

/** One table. */
export interface Table {
  readonly name: TableName;
  readonly zone: 'landing' | 'trusted' | 'curated';
  /** What one row is. */
  readonly grain: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** The columns that tell two rows apart, once duplicates have collapsed. */
  readonly key: readonly string[];
}

const text = (name: string, description: string): Column => ({
  name,
  type: 'string',
  nullable: false,
  personal: false,
  description,
});
const whole = (name: string, description: string): Column => ({
  ...text(name, description),
  type: 'integer',
});
const decimal = (name: string, description: string): Column => ({
  ...text(name, description),
  type: 'number',
});
const epochMs = (name: string, description: string): Column => ({
  ...whole(name, description),
  unit: 'epoch-ms',
});
const personal = (column: Column): Column => ({ ...column, personal: true });
const optional = (column: Column): Column => ({ ...column, nullable: true });
const only = (policy: Policy, column: Column): Column => ({ ...column, policy });

const CUSTOMER_COLUMNS: readonly Column[] = [
  optional(personal(text('customerName', 'First and last name.'))),
  personal(text('email', 'E-mail address; the phone app reports it as `user`.')),
  optional(personal(text('phone', 'Telephone number.'))),
  optional(personal(text('birthDay', 'Date of birth as text: years such as 967 occur.'))),
  optional(text('serialNumber', 'The step trainer that fulfilment says it sent to this customer.')),
  epochMs('registrationDate', 'When the customer registered.'),
  epochMs('lastUpdateDate', 'When this version of the customer was written.'),
  ...(['Research', 'Public', 'Friends'] as const).map((audience) =>
    optional(
      epochMs(
        `shareWith${audience}AsOfDate`,
        `From when data may be shared with ${audience.toLowerCase()}; absent, null or 0: not given.`,
      ),
    ),
  ),
];

const USER: Column = personal(text('user', 'E-mail address of the person who carries the phone.'));
const ACCELERATION_COLUMNS: readonly Column[] = [
  epochMs('timeStamp', "When the phone took the sample, by the phone's clock."),
  decimal('x', "Acceleration along x, in the app's units."),
  decimal('y', "Acceleration along y, in the app's units."),
  decimal('z', "Acceleration along z, in the app's units."),
];
const STEP_COLUMNS: readonly Column[] = [
  epochMs('sensorReadingTime', 'When the trainer measured, by the clock of its host.'),
  text('serialNumber', 'Serial number that the trainer reports.'),
  whole('distanceFromObject', 'Measured distance, as the trainer reports it.'),
];

const TRAINER_COLUMNS: readonly Column[] = [
  optional(
    text('trainerSerialNumber', 'The step trainer that this person was seen on most, if on any.'),
  ),
  text(
    'serialStatus',
    'Whether the feed has that serial number, `confirmed`, or another or none, `repaired`; `unknown` without a trainer.',
  ),
  optional(
    decimal('serialPosterior', 'Probability that this person was on that trainer, from 0 to 1.'),
  ),
].map((column) => only('strict', column));

const CUSTOMER_KEY = ['email', 'registrationDate'];
const ACCELEROMETER_KEY = ['user', 'timeStamp', 'x', 'y', 'z'];
const STEP_KEY = ['sensorReadingTime', 'serialNumber', 'distanceFromObject'];

/** All eight tables by name. */
export const TABLES: Readonly<Record<TableName, Table>> = {
  customer_landing: {
    name: 'customer_landing',
    zone: 'landing',
    grain: 'one version of a customer',
    description: 'The feed of the fulfilment website.',
    columns: CUSTOMER_COLUMNS,
    key: [...CUSTOMER_KEY, 'lastUpdateDate'],
  },
  accelerometer_landing: {
    name: 'accelerometer_landing',
    zone: 'landing',
    grain: 'one sample of a phone',
    description: 'What the phone app sends.',
    columns: [USER, ...ACCELERATION_COLUMNS],
    key: ACCELEROMETER_KEY,
  },
  step_trainer_landing: {
    name: 'step_trainer_landing',
    zone: 'landing',
    grain: 'one reading of a step trainer',
    description: 'What the step trainers send.',
    columns: STEP_COLUMNS,
    key: STEP_KEY,
  },
  customer_trusted: {
    name: 'customer_trusted',
    zone: 'trusted',
    grain: 'one customer',
    description: 'Customers who share their data for research.',
    columns: CUSTOMER_COLUMNS,
    key: CUSTOMER_KEY,
  },
  accelerometer_trusted: {
    name: 'accelerometer_trusted',
    zone: 'trusted',
    grain: 'one sample of a phone',
    description: 'Phone samples of customers who share their data for research.',
    columns: [USER, ...ACCELERATION_COLUMNS],
    key: ACCELEROMETER_KEY,
  },
  customer_curated: {
    name: 'customer_curated',
    zone: 'curated',
    grain: 'one customer',
    description: 'Trusted customers who have trusted phone samples.',
    columns: [...CUSTOMER_COLUMNS, ...TRAINER_COLUMNS],
    key: CUSTOMER_KEY,
  },
  step_trainer_trusted: {
    name: 'step_trainer_trusted',
    zone: 'trusted',
    grain: 'one reading of a step trainer',
    description: 'Step trainer readings of customers who share their data for research.',
    columns: [
      ...STEP_COLUMNS,
      only(
        'strict',
        optional({
          ...USER,
          description: 'E-mail address of the person to whom the reading was attributed.',
        }),
      ),
    ],
    key: STEP_KEY,
  },
  machine_learning_curated: {
    name: 'machine_learning_curated',
    zone: 'curated',
    grain: 'one step trainer reading with one phone sample of the same moment',
    description: 'What models are trained on.',
    columns: [...STEP_COLUMNS, ...ACCELERATION_COLUMNS, only('classic', USER)],
    key: [...STEP_KEY, 'timeStamp', 'x', 'y', 'z'],
  },
};

/** The columns that a table has under a policy, in their order. */
export function columnsOf(table: TableName, policy: Policy): readonly Column[] {
  return TABLES[table].columns.filter(
    (column) => column.policy === undefined || column.policy === policy,
  );
}
