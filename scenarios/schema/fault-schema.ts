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
const trainer = z.string().transform((text, context) => {
  const match = TRAINER.exec(text);
  if (match === null) context.addIssue(`expected a trainer such as trainer[3]; found ${text}`);
  return match === null ? z.NEVER : Number(match[1]);
});

/** `phones` for all, `phone[2]` or `trainer[3]`. */
const duplicateTarget = z.string().transform((text, context): DuplicateTarget => {
  const [phone, box] = [PHONE.exec(text), TRAINER.exec(text)];
  if (box !== null) return { trainer: Number(box[1]) };
  if (phone === null && text !== 'phones') {
    context.addIssue(
      `expected phones, a phone such as phone[2] or a trainer such as trainer[3]; found ${text}`,
    );
  }
  return { phone: phone === null ? undefined : Number(phone[1]) };
});

const span = { at: duration, for: duration.optional() };
const hits = { rate: share.optional(), count: z.number().int().min(1).optional() };
const from = z.enum(['device', 'host']).default('device');
const RATE_OR_COUNT = {
  path: ['rate'],
  error: 'expected a share of the lines, such as 2%, or count, a number of lines',
};

function hasHits({ rate, count }: Hits): boolean {
  return rate !== undefined || count !== undefined;
}

function lineFault<Kind extends string>(kind: Kind) {
  return z.strictObject({ kind: z.literal(kind), on: trainer, from, ...span, ...hits });
}

/** Checks one fault, converts its units and fills in its defaults. */
export const faultSchema: z.ZodType<ScenarioFault> = z.discriminatedUnion('kind', [
  lineFault('garble').refine(hasHits, RATE_OR_COUNT),
  lineFault('drop').refine(hasHits, RATE_OR_COUNT),
  z
    .strictObject({ kind: z.literal('duplicate'), on: duplicateTarget, from, ...span, ...hits })
    .refine(hasHits, RATE_OR_COUNT),
  lineFault('merge').refine(hasHits, RATE_OR_COUNT),
  lineFault('partial').refine(hasHits, RATE_OR_COUNT),
  lineFault('cr-only'),
  z.strictObject({ kind: z.literal('wrong-baud'), on: trainer, ...span, baud: baudRate }),
  z.strictObject({
    kind: z.literal('boot-garbage'),
    on: trainer,
    ...span,
    ...hits,
    baud: baudRate.default(ROM_BAUD),
  }),
  z.strictObject({ kind: z.literal('burst'), on: trainer, ...span }),
  z.strictObject({ kind: z.literal('chunks'), on: trainer, ...span }),
  z.strictObject({ kind: z.literal('brown-out'), on: trainer, at: duration }),
  z.strictObject({
    kind: z.literal('counter-wrap'),
    on: trainer,
    ...span,
    seq: z.number().int().min(0).max(0xffff).default(COUNTERS.seq),
    ticks: z.number().int().min(0).max(0xffff_ffff).default(COUNTERS.ticks),
  }),
  z.strictObject({ kind: z.literal('unplug'), on: trainer, at: duration, for: duration }),
  z.strictObject({ kind: z.literal('swap-device'), on: trainer, at: duration, with: trainer }),
  z.strictObject({ kind: z.literal('down'), on: z.literal('broker'), at: duration, for: duration }),
]);
