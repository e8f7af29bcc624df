/** The faults of a scenario file: what goes wrong, where, when and how often. */
import * as z from 'zod';
import { duplicateTarget, phoneTarget, trainer } from './fault-targets.ts';
import type { DuplicateTarget, PhoneTarget } from './fault-targets.ts';
import { baudRate, duration, share } from './units.ts';

/** When a fault is on, in ms from the start of the run; without `for` it lasts until the end. */
interface Span {
  at: number;
  for?: number | undefined;
}

/** How many lines are hit: each with a probability, the next ones up to a number, or both. */
interface Hits {
  rate?: number | undefined;
  count?: number | undefined;
}

/** Kinds of damage to the lines of a trainer, or of the host that talks to it. */
export const LINE_FAULT_KINDS = ['garble', 'merge', 'partial', 'cr-only'] as const;

/** One fault, its times counted in ms from the start of the run. */
export type ScenarioFault =
  | (Span & Hits & { kind: (typeof LINE_FAULT_KINDS)[number]; on: number; from: 'device' | 'host' })
  | (Span & Hits & { kind: 'duplicate' | 'drop'; on: DuplicateTarget; from: 'device' | 'host' })
  | (Span & { kind: 'late' | 'reorder'; on: PhoneTarget; rate: number; by: number })
  | { kind: 'offline'; on: PhoneTarget; at: number; for: number }
  | (Span & { kind: 'wrong-baud'; on: number; baud: number })
  | (Span & Hits & { kind: 'boot-garbage'; on: number; baud: number })
  | (Span & { kind: 'burst' | 'chunks'; on: number })
  | { kind: 'brown-out'; on: number; at: number }
  | (Span & { kind: 'counter-wrap'; on: number; seq: number; ticks: number })
  | { kind: 'unplug'; on: number; at: number; for: number }
  | { kind: 'swap-device'; on: number; at: number; with: number }
  | { kind: 'down'; on: 'broker' | 's3'; at: number; for: number }
  | (Span & { kind: 'slow'; on: 's3'; by: number })
  | { kind: 'killed'; on: 'bridge'; at: number; for: number }
  | { kind: 'partial-listing'; on: 's3'; at: number; count: number };

/** The ROM of a well-known family of chips writes at this speed. */
const ROM_BAUD = 74_880;
/** Two steps are made within it, so that a message is overtaken by two others at least. */
const REORDER_MS = 10_000;
/** More than a reader needs that asks each table once. */
const LISTINGS = 12;
/** A supervisor starts a process again after a moment. */
const KILLED_MS = 5_000;
/** Fifteen readings, and one minute, before the counters wrap: both happen in every session. */
const COUNTERS = { seq: 65_521, ticks: 4_294_907_296 };

const at = duration.describe('When it begins, from the start of the run.');
const span = {
  at,
  for: duration.optional().describe('How long it lasts. Without it, to the end of the run.'),
};
const hits = {
  rate: share
    .optional()
    .describe('How many of the lines or messages are hit: each with this probability.'),
  count: z
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: 'How many lines are hit at most: the next ones.', examples: [1] }),
};
/** Of messages that are hit one by one; all of them if not given. */
const messageRate = share
  .default(1)
  .describe('How many of the messages are hit: each with this probability.');
/** Nobody waits longer for the end of a run. */
const LATE_MS_MAX = 24 * 3_600_000;
const later = duration.refine((ms) => ms >= 1 && ms <= LATE_MS_MAX, {
  error: 'expected a duration from 1ms to 24h',
});
const from = z
  .enum(['device', 'host'])
  .default('device')
  .describe('Whose lines are hit: what the device sends, or what the host sends to it.');
const RATE_OR_COUNT = {
  path: ['rate'],
  error: 'expected a share of the lines, such as 2%, or count, a number of lines',
};

function hasHits({ rate, count }: Hits): boolean {
  return rate !== undefined || count !== undefined;
}

function kindOf<Kind extends string>(kind: Kind, description: string): z.ZodLiteral<Kind> {
  return z.literal(kind).describe(description);
}

function lineFault<Kind extends string>(kind: Kind, description: string) {
  return z.strictObject({ kind: kindOf(kind, description), on: trainer, from, ...span, ...hits });
}

/** Checks one fault, converts its units and fills in its defaults. */
export const faultSchema: z.ZodType<ScenarioFault> = z.discriminatedUnion('kind', [
  lineFault('garble', 'Bytes of a line change.').refine(hasHits, RATE_OR_COUNT),
  z
    .strictObject({
      kind: kindOf('drop', 'Bytes of a line, or whole messages of a phone, are lost.'),
      on: duplicateTarget,
      from,
      ...span,
      ...hits,
    })
    .refine(hasHits, RATE_OR_COUNT),
  z.strictObject({
    kind: kindOf('late', 'Messages are sent later, also after the session or the run.'),
    on: phoneTarget,
    ...span,
    rate: messageRate,
    by: later.meta({ description: 'How much later, up to 24h.', examples: ['20m'] }),
  }),
  z.strictObject({
    kind: kindOf('reorder', 'Messages are held back for a moment, so that others overtake them.'),
    on: phoneTarget,
    ...span,
    rate: messageRate,
    by: later
      .default(REORDER_MS)
      .meta({ description: 'For how long at most, up to 24h.', examples: ['10s'] }),
  }),
  z.strictObject({
    kind: kindOf('offline', 'A phone has no network; what waits is sent at once afterwards.'),
    on: phoneTarget,
    at,
    for: duration.describe('How long there is no network.'),
  }),
  z
    .strictObject({
      kind: kindOf('duplicate', 'A line or a message is sent twice.'),
      on: duplicateTarget,
      from,
      ...span,
      ...hits,
    })
    .refine(hasHits, RATE_OR_COUNT),
  lineFault('merge', 'The end of a line vanishes: two lines become one.').refine(
    hasHits,
    RATE_OR_COUNT,
  ),
  lineFault('partial', 'A line is cut off in the middle.').refine(hasHits, RATE_OR_COUNT),
  lineFault('cr-only', 'Lines end with CR alone.'),
  z.strictObject({
    kind: kindOf('wrong-baud', 'Device and host use different speeds.'),
    on: trainer,
    ...span,
    baud: baudRate.describe('Speed of the device in bits per second.'),
  }),
  z.strictObject({
    kind: kindOf('boot-garbage', 'A starting board writes at the speed of its ROM.'),
    on: trainer,
    ...span,
    ...hits,
    baud: baudRate.default(ROM_BAUD).describe('Speed of the ROM in bits per second.'),
  }),
  z.strictObject({
    kind: kindOf('burst', 'Bytes arrive in blocks of 64.'),
    on: trainer,
    ...span,
  }),
  z.strictObject({
    kind: kindOf('chunks', 'Bytes arrive in pieces of any size.'),
    on: trainer,
    ...span,
  }),
  z.strictObject({
    kind: kindOf('brown-out', 'A board starts anew in the middle of a line.'),
    on: trainer,
    at,
  }),
  z.strictObject({
    kind: kindOf('counter-wrap', 'Counters of boards that start in this time are about to wrap.'),
    on: trainer,
    ...span,
    seq: z
      .number()
      .int()
      .min(0)
      .max(0xffff)
      .default(COUNTERS.seq)
      .meta({
        description: 'The number of its first reading; 65535 is the last before 0.',
        examples: [COUNTERS.seq],
      }),
    ticks: z
      .number()
      .int()
      .min(0)
      .max(0xffff_ffff)
      .default(COUNTERS.ticks)
      .meta({
        description: 'Its clock at the start in ms; 4294967295 is the last before 0.',
        examples: [COUNTERS.ticks],
      }),
  }),
  z.strictObject({
    kind: kindOf('unplug', 'The cable of a trainer is pulled and put back.'),
    on: trainer,
    at,
    for: duration.describe('How long the cable is out.'),
  }),
  z.strictObject({
    kind: kindOf('swap-device', 'Two trainers change places.'),
    on: trainer,
    at,
    with: trainer.describe('The trainer of the other household, counted from 0.'),
  }),
  z.strictObject({
    kind: kindOf('down', 'A service is away and comes back.'),
    on: z.enum(['broker', 's3']).describe('The service that is away: the broker or the storage.'),
    at,
    for: duration.describe('How long it is away.'),
  }),
  z.strictObject({
    kind: kindOf('slow', 'The storage takes its time for every object.'),
    on: z.literal('s3').describe('The storage of the landing objects.'),
    ...span,
    by: later.meta({
      description: 'How long it takes for an object. The bridge gives up an attempt after 30s.',
      examples: ['45s'],
    }),
  }),
  z
    .strictObject({
      kind: kindOf('partial-listing', 'Listings of the landing zone give half, and call it all.'),
      on: z.literal('s3').describe('The storage of the landing objects.'),
      count: z
        .number()
        .int()
        .min(1)
        .default(LISTINGS)
        .meta({ description: 'How many listings are hit: the first ones.', examples: [LISTINGS] }),
    })
    .transform((fault) => ({ ...fault, at: 0 })),
  z.strictObject({
    kind: kindOf('killed', 'The process of the bridge is killed and started again.'),
    on: z.literal('bridge').describe('The process of the bridge.'),
    at,
    for: duration
      .default(KILLED_MS)
      .meta({ description: 'How long nobody is there.', examples: ['5s'] }),
  }),
]);
