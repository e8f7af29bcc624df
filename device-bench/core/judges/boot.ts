/** Judges of booting. */
import { BOOT_MS_MAX } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Conversation } from '../conversation.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import type { Violation } from '../kit-report.ts';
import type { MeantLine } from '../meant-line.ts';
import type { Boot, Heard } from '../restarts.ts';
import { judgeEach, judgement, ms } from './judge.ts';
import type { Judge } from './judge.ts';
import { measurePace } from './pace.ts';
import { perConversation } from './per-conversation.ts';
import { findSeqFaults } from './seq-steps.ts';
import { startsUnasked, wasStreaming } from './stream-state.ts';
import { ticksBetween, TICKS_MODULUS, ticksIn } from './ticked-lines.ts';

const NO_RESTART = 'the device was not restarted: it has neither REBOOT nor a reset line';
/** A clock may be a little fast before it is told so. */
const CLOCK_SLACK = 1.05;
/** What the device had sent before the reset line went down may arrive for so long. */
const IN_FLIGHT_MS = 100;

/** The judges of booting. */
export const BOOT_JUDGES: Readonly<Record<RuleId & `STL-BOOT-${string}`, Judge>> = {
  'STL-BOOT-001': judgeAnnouncement,
  'STL-BOOT-002': judgeBootIds,
  'STL-BOOT-003': judgeCurrentBoot,
  'STL-BOOT-004': judgeFirstCounters,
  'STL-BOOT-005': judgeSilenceAfterRestart,
};

function judgeAnnouncement(conversation: Conversation): ReturnType<Judge> {
  const violations: Violation[] = [];
  let chances = 0;
  for (const boot of conversation.boots) {
    const untilMs = nextBoot(conversation, boot)?.startMs ?? conversation.endMs;
    const lines = conversation.all.filter((line) => line.boot === boot);
    const isWatched = untilMs - boot.startMs > BOOT_MS_MAX + HOST_ALLOWANCE_MS;
    const isKnown = boot.cause === 'reset' || boot.cause === 'command';
    if (boot.event === undefined && !isKnown) continue;
    const violation = isKnown ? findUnannounced(boot, lines, isWatched) : undefined;
    if (violation !== undefined) violations.push(violation);
    if (boot.event !== undefined || isWatched) chances++;
  }
  return judgement(chances, violations, NO_RESTART);
}

function findUnannounced(
  boot: Boot,
  lines: readonly Heard[],
  isWatched: boolean,
): Violation | undefined {
  const first = lines.find(
    ({ meant, isTorn, atMs, entry }) =>
      meant !== undefined &&
      meant.kind !== 'text' &&
      (!isTorn || entry === boot.event?.entry) &&
      !(atMs <= boot.startMs + IN_FLIGHT_MS && mayBeOfBefore(meant, boot)),
  );
  if (first !== undefined && first !== boot.event) {
    const message = 'After the restart the first framed line is not !BOOT.';
    return { entry: first.entry, message };
  }
  if (boot.event === undefined) {
    const message = `No !BOOT came within ${BOOT_MS_MAX} ms after the restart.`;
    return isWatched ? { entry: boot.entry, message } : undefined;
  }
  const lateMs = boot.event.fromMs - boot.startMs;
  if (lateMs <= BOOT_MS_MAX + HOST_ALLOWANCE_MS) return undefined;
  const message = `!BOOT came ${ms(lateMs)} after the restart, at most ${BOOT_MS_MAX} ms are due.`;
  return { entry: boot.event.entry, message };
}

/** Whether a line may have been on its way when the device was restarted. */
function mayBeOfBefore(meant: MeantLine, { cause, event }: Boot): boolean {
  if (cause === 'command' || meant.kind === 'boot') return false;
  return !('boot' in meant) || meant.boot !== bootIdOf(event);
}

function nextBoot({ boots }: Conversation, boot: Boot): Boot | undefined {
  return boots[boots.indexOf(boot) + 1];
}

function judgeBootIds(conversation: Conversation): ReturnType<Judge> {
  const events = conversation.boots.flatMap(({ event }) => (event === undefined ? [] : [event]));
  return judgeEach(events.slice(1), NO_RESTART, (event) => {
    const before = bootIdOf(events[events.indexOf(event) - 1]);
    const id = bootIdOf(event);
    return id === before ? `The boot id is ${id} again, as of the boot before.` : undefined;
  });
}

/** The id in a `!BOOT`. */
export function bootIdOf(event: Heard | undefined): string | undefined {
  return event?.meant?.kind === 'boot' ? event.meant.boot : undefined;
}

function judgeCurrentBoot(conversation: Conversation): ReturnType<Judge> {
  const lines = conversation.values.filter(
    (line) =>
      (line.meant?.kind === 'reading' || line.meant?.kind === 'heartbeat') &&
      dueBootId(conversation, line) !== undefined,
  );
  return judgeEach(lines, 'no reading or heartbeat came after a !BOOT', (line) => {
    const due = dueBootId(conversation, line);
    const found = line.meant !== undefined && 'boot' in line.meant ? line.meant.boot : '';
    return found === due
      ? undefined
      : `The boot id is ${found}, that of the current boot is ${due}.`;
  });
}

/** The id of the current boot, as `!BOOT` said it, or `=ID` where no boot was seen. */
function dueBootId(conversation: Conversation, { boot }: Heard): string | undefined {
  if (boot.event !== undefined) return bootIdOf(boot.event);
  return boot.cause === 'open' ? findIntroduced(conversation).get(boot) : undefined;
}

/** The boot id that each boot was introduced with first. */
const findIntroduced = perConversation(({ all }) => {
  const ids = new Map<Boot, string>();
  for (const { meant, boot } of all) {
    if (meant?.kind === 'id' && !ids.has(boot)) ids.set(boot, meant.boot);
  }
  return ids;
});

function judgeFirstCounters(conversation: Conversation): ReturnType<Judge> {
  const violations: Violation[] = [];
  // Other faults of the counters have rules of their own.
  const restartsAtStart = findSeqFaults(conversation).some(({ rule }) => rule === 'STL-SEQ-003');
  const hasPace = measurePace(conversation).fault === undefined;
  let chances = 0;
  for (const boot of conversation.boots) {
    if (boot.event === undefined) continue;
    const lines = conversation.values.filter((line) => line.boot === boot);
    const reading = lines.find((line) => line.meant?.kind === 'reading');
    const ticked = lines.filter(
      (line) => line.meant?.kind !== 'sync' && ticksIn(line) !== undefined,
    );
    if (ticked.length > 0) chances++;
    const seqFault =
      reading === undefined ? undefined : wrongFirstSeq(reading, boot, restartsAtStart);
    if (reading !== undefined && seqFault !== undefined) {
      violations.push({ entry: reading.entry, message: seqFault });
    }
    const tickFault = hasPace ? wrongFirstTicks(ticked, boot) : undefined;
    if (tickFault !== undefined) {
      violations.push({ entry: ticked[0]?.entry ?? boot.entry, message: tickFault });
    }
  }
  return judgement(chances, violations, 'no boot was seen with a reading or heartbeat after it');
}

function wrongFirstSeq(
  { meant }: Heard,
  { base }: Boot,
  restartsAtStart: boolean,
): string | undefined {
  if (meant?.kind !== 'reading' || meant.seq === base.seq) return undefined;
  if (meant.seq === 0 && restartsAtStart) return undefined;
  // What was cut off is a counter with too few bits, which has a rule of its own.
  if (base.seq !== 0 && isCut(meant.seq, base.seq)) return undefined;
  // Readings that were dropped at once are flagged.
  if ((meant.flags & 4) !== 0) return undefined;
  return `The first reading of the boot has seq ${meant.seq}, ${base.seq} is due.`;
}

function wrongFirstTicks(lines: readonly Heard[], boot: Boot): string | undefined {
  const line = lines[0];
  const found = line === undefined ? undefined : ticksIn(line);
  if (line === undefined || found === undefined || found >= TICKS_MODULUS) return undefined;
  const { base } = boot;
  const { elapsedMs, slackMs } = timeSinceStart(line, boot);
  const limit = elapsedMs * CLOCK_SLACK + slackMs;
  const isWithin = (from: number): boolean => {
    const passed = ticksBetween(from, found);
    return passed >= 0 && passed <= limit;
  };
  // A counter with too few bits has a rule of its own.
  const isCutOff =
    base.ticks !== 0 && [8, 16, 24, 31].some((bits) => isWithin(base.ticks % 2 ** bits));
  return isWithin(base.ticks) || isCutOff
    ? undefined
    : `The ticks are ${found} within ${ms(elapsedMs)} of the boot, they were to begin with ${base.ticks}.`;
}

/** A boot whose cause was not seen may have begun long before it was announced. */
function timeSinceStart(
  line: Heard,
  { startMs, cause, event }: Boot,
): { readonly elapsedMs: number; readonly slackMs: number } {
  const isKnown = cause === 'reset' || cause === 'command';
  const begunMs = isKnown ? startMs : (event?.fromMs ?? startMs);
  return {
    elapsedMs: line.atMs - begunMs,
    slackMs: (isKnown ? 0 : BOOT_MS_MAX) + 2 * HOST_ALLOWANCE_MS,
  };
}

function isCut(found: number, due: number): boolean {
  return [8, 12, 15].some((bits) => found === due % 2 ** bits);
}

function judgeSilenceAfterRestart(conversation: Conversation): ReturnType<Judge> {
  const restarts = conversation.boots.filter(
    (boot, index) =>
      boot.event !== undefined && wasStreaming(conversation, conversation.boots[index - 1]),
  );
  // A device that always streams after a boot breaks another rule.
  const always = conversation.boots.some(
    (boot) => !restarts.includes(boot) && startsUnasked(conversation, boot) !== undefined,
  );
  return judgeEach(restarts, 'the device was not restarted while it streamed', (boot) =>
    always || startsUnasked(conversation, boot) === undefined
      ? undefined
      : 'Readings came after the restart, before any START.',
  );
}
