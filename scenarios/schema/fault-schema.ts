/** The faults of a scenario file: what goes wrong, where, when and how often. */
import * as z from 'zod';
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
export const LINE_FAULT_KINDS = ['garble', 'drop', 'merge', 'partial', 'cr-only'] as const;

/** One fault, its times counted in ms from the start of the run. */
export type ScenarioFault =
  | (Span & Hits & { kind: (typeof LINE_FAULT_KINDS)[number]; on: number; from: 'device' | 'host' })
  | (Span & Hits & { kind: 'duplicate'; on: DuplicateTarget; from: 'device' | 'host' })
  | (Span & { kind: 'wrong-baud'; on: number; baud: number })
  | (Span & Hits & { kind: 'boot-garbage'; on: number; baud: number })
  | (Span & { kind: 'burst' | 'chunks'; on: number })
  | { kind: 'brown-out'; on: number; at: number }
  | (Span & { kind: 'counter-wrap'; on: number; seq: number; ticks: number })
  | { kind: 'unplug'; on: number; at: number; for: number }
  | { kind: 'swap-device'; on: number; at: number; with: number }
  | { kind: 'down'; on: 'broker'; at: number; for: number };

/** What sends twice: a trainer, a phone, or every phone. */
export type DuplicateTarget = { trainer: number } | { phone: number | undefined };

const TRAINER = /^trainer\[(\d+)\](?:\.serial)?$/;
const PHONE = /^phone\[(\d+)\]$/;
/** The ROM of a well-known family of chips writes at this speed. */
const ROM_BAUD = 74_880;
/** Fifteen readings, and one minute, before the counters wrap: both happen in every session. */
const COUNTERS = { seq: 65_521, ticks: 4_294_907_296 };

/** `trainer[3]`, as its number. */
const trainer = z
  .string()
  .transform((text, context) => {
    const match = TRAINER.exec(text);
    if (match === null) context.addIssue(`expected a trainer such as trainer[3]; found ${text}`);
    return match === null ? z.NEVER : Number(match[1]);
  })
  .meta({
    description: 'The trainer of a household, counted from 0.',
    pattern: TRAINER.source,
    examples: ['trainer[3]'],
  });

/** `phones` for all, `phone[2]` or `trainer[3]`. */
const duplicateTarget = z
  .string()
  .transform((text, context): DuplicateTarget => {
    const [phone, box] = [PHONE.exec(text), TRAINER.exec(text)];
    if (box !== null) return { trainer: Number(box[1]) };
    if (phone === null && text !== 'phones') {
      context.addIssue(
        `expected phones, a phone such as phone[2] or a trainer such as trainer[3]; found ${text}`,
      );
    }
    return { phone: phone === null ? undefined : Number(phone[1]) };
  })
  .meta({
    description: 'Every phone, the phone of a person, or the trainer of a household; from 0.',
    pattern: `${TRAINER.source}|${PHONE.source}|^phones$`,
    examples: ['phones', 'phone[2]', 'trainer[3]'],
  });

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
  lineFault('drop', 'Bytes of a line are lost.').refine(hasHits, RATE_OR_COUNT),
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
    on: z.literal('broker').describe('The service that is away.'),
    at,
    for: duration.describe('How long it is away.'),
  }),
]);
