/** How much room a landing zone takes, before any of it is made. */
import { expectedRows } from './landing-chunks.ts';
import type { LandingFormat } from './landing-keys.ts';
import type { LandingProfile, LandingSpec } from './landing-spec.ts';

/** Measured bytes of a row, by stream; of a customer and of a session with their truth. */
interface RowBytes {
  readonly accelerometer: Readonly<Record<LandingProfile, number>>;
  readonly stepTrainer: number;
  readonly customer: number;
  readonly session: number;
}

const BYTES: Readonly<Record<LandingFormat, RowBytes>> = {
  'ndjson.gz': {
    accelerometer: { 'step-test': 6.1, continuous: 11.6 },
    stepTrainer: 9,
    customer: 125,
    session: 60,
  },
  ndjson: {
    accelerometer: { 'step-test': 87, continuous: 98 },
    stepTrainer: 115,
    customer: 490,
    session: 215,
  },
  parquet: {
    accelerometer: { 'step-test': 2.2, continuous: 5.6 },
    stepTrainer: 4.7,
    customer: 150,
    session: 75,
  },
};
/** File systems take whole blocks, and chance more or less. */
const MARGIN = 1.15;

/** Bytes that objects of this many customers take, with something to spare. */
export function estimateLandingBytes(spec: LandingSpec, format: LandingFormat): number {
  const { accelerometer, stepTrainer } = expectedRows(spec);
  const bytes = BYTES[format];
  const landings = (1 - spec.loss) * (1 + spec.duplicates);
  const session =
    landings *
      ((1 - spec.silentPhones) * accelerometer * bytes.accelerometer[spec.profile] +
        stepTrainer * bytes.stepTrainer) +
    bytes.session;
  return Math.ceil(MARGIN * spec.customers * (bytes.customer + spec.sessionsPerPerson * session));
}
