/** What requests to the demo's server may hold: the runtime side of {@link ../api-requests.ts}. */
import { z } from 'zod';
import type { Deed } from '../api.ts';
import type { RowQuery } from './demo-run.ts';

const whole = z.int().min(0);
const wholeText = z
  .string()
  .regex(/^\d{1,10}$/, 'must be a whole number')
  .transform(Number);

/** The largest bound of clock error that can be asked for, in ms. */
export const SKEW_MS_MAX = 60_000;
/** How fast the world may go. */
export const SPEED: { readonly min: number; readonly max: number } = { min: 0.25, max: 20 };

/** A deed, without regard to whether it can be done in a run. */
export const DEED: z.ZodType<Deed> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('serials'), pool: whole.min(1).nullable() }),
  z.strictObject({ do: z.literal('policy'), policy: z.enum(['classic', 'strict']) }),
  z.strictObject({ do: z.literal('consent'), person: whole, isGiven: z.boolean() }),
  z.strictObject({ do: z.literal('skew'), ms: whole.max(SKEW_MS_MAX) }),
  z.strictObject({ do: z.literal('unplug'), station: whole, isOn: z.boolean() }),
  z.strictObject({ do: z.literal('swap'), station: whole, with: whole }),
  z.strictObject({ do: z.literal('garble'), station: whole, isOn: z.boolean() }),
  z.strictObject({ do: z.literal('broker'), isUp: z.boolean() }),
  z.strictObject({ do: z.literal('storage'), isUp: z.boolean() }),
  z.strictObject({ do: z.literal('speed'), factor: z.number().min(SPEED.min).max(SPEED.max) }),
  z.strictObject({ do: z.literal('pause'), isOn: z.boolean() }),
]);

/** `GET /api/signals`. */
export const SIGNALS_QUERY: z.ZodType<{ readonly person: number }> = z.strictObject({
  person: wholeText,
});

/** `GET /api/rows`. */
export const ROWS_QUERY: z.ZodType<RowQuery> = z.strictObject({
  policy: z.enum(['classic', 'strict']),
  table: z.enum([
    'customer_trusted',
    'accelerometer_trusted',
    'customer_curated',
    'step_trainer_trusted',
    'machine_learning_curated',
  ]),
  what: z.enum(['all', 'leaked', 'wrong', 'missing']),
  offset: wholeText.default(0),
});

/** `GET /api/readings/N`. */
export const READING_PARAMS: z.ZodType<{ readonly reading: number }> = z.strictObject({
  reading: wholeText,
});

/** What lies in the bucket. */
export const LANDING_PLACES: readonly [
  'customer_landing',
  'accelerometer_landing',
  'step_trainer_landing',
  'quarantine',
] = ['customer_landing', 'accelerometer_landing', 'step_trainer_landing', 'quarantine'];

/** Of which of them objects are asked for; of all if not given. */
export interface ObjectQuery {
  readonly table?: (typeof LANDING_PLACES)[number] | undefined;
}

/** `GET /api/objects`. */
export const OBJECTS_QUERY: z.ZodType<ObjectQuery> = z.strictObject({
  table: z.enum(LANDING_PLACES).optional(),
});

/** `GET /api/objects/<key>`: the key is looked up among those that landed, and is never a path. */
export const OBJECT_PARAMS: z.ZodType<{ readonly '*': string }> = z.strictObject({
  '*': z.string().min(1).max(1024),
});

/** `POST /api/restart`. */
export const EMPTY: z.ZodType<Readonly<Record<string, never>>> = z.strictObject({});
