/** What is wrong with the numbers of readings, each fault under the rule that is meant for it. */
import { SEQ_MAX } from '../../../firmware-protocol/index.ts';
import { OVERLOAD_ACT } from '../conversation.ts';
import type { Conversation } from '../conversation.ts';
import type { Violation } from '../kit-report.ts';
import type { MeantLine, MeantReading } from '../meant-line.ts';
import type { Boot, Heard } from '../restarts.ts';
import { readingsOf } from './stream-state.ts';
import { ticksBetween } from './ticked-lines.ts';
import { perConversation } from './per-conversation.ts';

/** A fault in the order of numbers or in the flag of dropped readings. */
export interface SeqFault extends Violation {
  readonly rule: `STL-SEQ-00${1 | 2 | 3 | 4}` | 'STL-ERR-006' | 'STL-STREAM-005';
}

/** Two readings, one after the other on one boot. */
export interface SeqStep {
  readonly entry: number;
  readonly boot: Boot;
  readonly before: MeantReading;
  readonly after: MeantReading;
  /** Time between two readings in ticks as it was asked for, if the rate stayed the same in between. */
  readonly period: number | undefined;
  readonly isLoaded: boolean;
  readonly between: Between;
}

/** What happened between two readings. */
export interface Between {
  readonly starts: boolean;
  readonly stops: boolean;
  readonly refusals: boolean;
  /** The seq that the last STOP told. */
  readonly toldSeq: number | undefined;
}

const FLAG_DROPPED = 0b100;
/** So much more than a period means that a reading was due in between. */
const GAP_PERIODS = 1.5;
/** Where counters of other widths wrap. */
const OTHER_MODULI: readonly number[] = [2 ** 7, 2 ** 8, 2 ** 10, 2 ** 12, 2 ** 15];
/** Numbers that a reading may be ahead after a wrap in the wrong place. */
const DROPPED_MAX = 64;

/** True when a reading says that others were dropped before it. */
export function isFlagged(reading: MeantReading): boolean {
  return (reading.flags & FLAG_DROPPED) !== 0;
}

/** How far seq went on, over the wrap: 0 to 65535. */
export function seqBetween({ before, after }: Pick<SeqStep, 'before' | 'after'>): number {
  return (((after.seq - before.seq) % (SEQ_MAX + 1)) + SEQ_MAX + 1) % (SEQ_MAX + 1);
}

/** Readings that are missing between two by their numbers; 0 where the number went back or stayed. */
export function missingBetween(pair: Pick<SeqStep, 'before' | 'after'>): number {
  const ahead = seqBetween(pair);
  return ahead < SEQ_MAX / 2 ? Math.max(0, ahead - 1) : 0;
}

/** Pairs of readings with no broken line in between. */
export const findSteps: (conversation: Conversation) => readonly SeqStep[] = perConversation(
  (conversation) => {
    const readings = readingsOf(conversation);
    const believed = new Set(readings);
    const broken = conversation.heard.filter(
      (line) =>
        line.isTorn ||
        line.meant === undefined ||
        (line.meant.kind === 'reading' && !believed.has(line)),
    );
    const steps: SeqStep[] = [];
    readings.forEach((line, index) => {
      const last = readings[index - 1];
      if (last?.boot !== line.boot) return;
      const isBroken = broken.some(({ entry }) => entry > last.entry && entry <= line.entry);
      if (isBroken || last.meant?.kind !== 'reading' || line.meant?.kind !== 'reading') return;
      const between = findBetween(conversation, last, line);
      steps.push({
        entry: line.entry,
        boot: line.boot,
        before: last.meant,
        after: line.meant,
        between,
        period: between.starts || between.stops ? undefined : periodAt(conversation, line),
        isLoaded: line.act === OVERLOAD_ACT,
      });
    });
    return steps;
  },
);

const findFirstAnswers = perConversation(({ asked }) =>
  asked.flatMap(({ answers }) => answers.slice(0, 1)),
);

function findBetween(conversation: Conversation, from: Heard, to: Heard): Between {
  // What a command does is seen behind its answer.
  const said = findFirstAnswers(conversation)
    .filter(({ entry }) => entry > from.entry && entry < to.entry)
    .map(({ meant }) => meant);
  const isOk = (verb: string) => (meant: MeantLine | undefined) =>
    meant?.kind === 'ok' && meant.verb === verb;
  const stop = said.findLast(isOk('STOP'));
  return {
    starts: said.some(isOk('START')),
    stops: stop !== undefined,
    refusals: said.some((meant) => meant?.kind === 'error'),
    toldSeq: stop?.kind === 'ok' ? Number(stop.value) : undefined,
  };
}

/** The time between readings in ticks at a reading, by the last START; none for a device that reports steps. */
export function periodAt({ asked, capabilities }: Conversation, line: Heard): number | undefined {
  if (capabilities.options?.includes('STEP') === true) return undefined;
  const start = asked.findLast(
    ({ due, boot, answers: [answer] }) =>
      boot === line.boot &&
      due.kind === 'command' &&
      due.command.kind === 'start' &&
      answer?.meant?.kind === 'ok' &&
      answer.entry < line.entry,
  );
  return start?.due.kind === 'command' && start.due.command.kind === 'start'
    ? 1000 / start.due.command.rateHz
    : undefined;
}

/** Everything that is wrong with the numbers of readings. */
export const findSeqFaults: (conversation: Conversation) => readonly SeqFault[] = perConversation(
  (conversation) => {
    const steps = findSteps(conversation);
    const found = steps.flatMap((step) => {
      const fault = judgeStep(step, steps);
      return fault === undefined ? [] : [{ ...fault, entry: step.entry }];
    });
    // A START that always begins again breaks the rule of seq; one that does so only while streaming, that of START.
    const always = found.some(({ rule }) => rule === 'STL-SEQ-003');
    return found.map((fault) =>
      fault.rule === 'STL-STREAM-005' && always ? { ...fault, rule: 'STL-SEQ-003' } : fault,
    );
  },
);

type Fault = Pick<SeqFault, 'rule' | 'message'>;

function judgeStep(step: SeqStep, steps: readonly SeqStep[]): Fault | undefined {
  const { before, after } = step;
  const said = `seq is ${after.seq} after ${before.seq}`;
  if (Number.isNaN(after.seq) || before.seq > SEQ_MAX) return undefined;
  if (after.seq > SEQ_MAX) return { rule: 'STL-SEQ-002', message: `${said}, 0 is due.` };
  const ahead = seqBetween(step);
  if (ahead === 0) return judgeSame(step, steps, said);
  if (ahead === 1) return judgeNext(step);
  if (isWrongWrap(step)) return { rule: 'STL-SEQ-002', message: `${said}, 0 comes after 65535.` };
  if (ahead < SEQ_MAX / 2) return judgeGap(step, ahead, said);
  // What a START explains is not blamed on a refusal that came in the same pause.
  return step.between.refusals && !isRestarted(step)
    ? { rule: 'STL-ERR-006', message: `${said} once a command was refused; it goes on.` }
    : judgeBack(step, said);
}

/** True where another number than 0 follows the last one, or 0 the last but one. */
function isWrongWrap({ before, after }: SeqStep): boolean {
  const isWrap = before.seq === SEQ_MAX || (before.seq === SEQ_MAX - 1 && after.seq === 0);
  return isWrap && !isFlagged(after);
}

function judgeSame(
  { before, after, between }: SeqStep,
  steps: readonly SeqStep[],
  said: string,
): Fault {
  const isStuck = steps.some(
    (other) =>
      other.before.seq === other.after.seq && other.before.seq !== SEQ_MAX && !isRestarted(other),
  );
  if (after.seq === 0 && isRestarted({ between }) && !isStuck) {
    return { rule: 'STL-SEQ-003', message: `${said}: it goes on over STOP and START.` };
  }
  return before.seq === SEQ_MAX && !isStuck
    ? { rule: 'STL-SEQ-002', message: `${said}, 0 is due.` }
    : { rule: 'STL-SEQ-001', message: `${said}, each reading has the next number.` };
}

function isRestarted({ between }: Pick<SeqStep, 'between'>): boolean {
  return between.starts || between.stops;
}

function judgeNext(step: SeqStep): Fault | undefined {
  if (!isFlagged(step.after)) return undefined;
  const periods = periodsOf(step);
  return periods !== undefined && periods >= GAP_PERIODS
    ? {
        rule: 'STL-SEQ-001',
        message: `seq went on by 1 over ${periods.toFixed(1)} periods: dropped readings count, too.`,
      }
    : { rule: 'STL-SEQ-004', message: 'The flag of dropped readings is set, but none is missing.' };
}

function judgeGap(step: SeqStep, ahead: number, said: string): Fault | undefined {
  const { after, between } = step;
  if (isFlagged(after) || Number.isNaN(after.flags)) return undefined;
  const periods = periodsOf(step);
  const isDropped =
    periods === undefined ? step.isLoaded || between.toldSeq === after.seq : periods >= GAP_PERIODS;
  return isDropped
    ? {
        rule: 'STL-SEQ-004',
        message: `${said}: ${ahead - 1} readings are missing, and the flag of dropped ones is not set.`,
      }
    : { rule: 'STL-SEQ-001', message: `${said}, ${(step.before.seq + 1) & SEQ_MAX} is due.` };
}

function judgeBack({ before, after, between }: SeqStep, said: string): Fault {
  if (between.starts && !between.stops) {
    return { rule: 'STL-STREAM-005', message: `${said} once START changed the rate; it goes on.` };
  }
  const modulus = OTHER_MODULI.find((other) => {
    const forward = after.seq + other - before.seq;
    return before.seq < other && forward >= 1 && forward <= DROPPED_MAX;
  });
  const isAtWrap = after.seq !== 0 || before.seq + 1 === modulus;
  const isTold = between.toldSeq === after.seq && isAtWrap && modulus !== undefined;
  if ((between.starts || between.stops) && !isTold) {
    return { rule: 'STL-SEQ-003', message: `${said}: it goes on over STOP and START.` };
  }
  if (modulus !== undefined) {
    return { rule: 'STL-SEQ-002', message: `${said}: it wraps at ${modulus}, not at 65536.` };
  }
  return after.seq === 0
    ? { rule: 'STL-SEQ-003', message: `${said}: within a boot it does not start again.` }
    : { rule: 'STL-SEQ-001', message: `${said}, ${(before.seq + 1) & SEQ_MAX} is due.` };
}

function periodsOf({ before, after, period }: SeqStep): number | undefined {
  if (period === undefined) return undefined;
  return ticksBetween(before.ticks, after.ticks) / period;
}
