/** Judges of clock synchronisation. */
import {
  ANSWER_MS_MAX,
  DRIFT_PPM_MAX,
  READING_AGE_MS_MAX,
} from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Asked, Conversation } from '../conversation.ts';
import { HOST_ALLOWANCE_MS } from '../kit-limits.ts';
import type { Violation } from '../kit-report.ts';
import { findTickFaults } from './ages.ts';
import { outcomeOf, rightCommands, specialRule, verbIn } from './answer-rules.ts';
import { describe } from './answers.ts';
import { measureDrift } from './drift.ts';
import { judgeEach, judgement, ms } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { measurePace } from './pace.ts';
import { findSyncs } from './sync-exchanges.ts';
import type { SyncExchange } from './sync-exchanges.ts';
import { tickedLines, ticksBetween } from './ticked-lines.ts';
import type { Ticked } from './ticked-lines.ts';

const NO_SYNC = 'SYNC was not answered with two times';
const NOT_OFFERED = 'the device does not offer SYNC';
/** Exchanges so near to each other are compared, in ms. */
const BURST_MS = 600;
/** How far clocks may run apart meanwhile: more has a rule of its own. */
const DRIFT_SHARE = 0.02;
/** Two whole ticks. */
const MARGIN_MS = 2;
/** Lines that are compared with an exchange are this near, in ms. */
const NEAR_MS = 10_000;

/** The judges of clock synchronisation. */
export const SYNC_JUDGES: Readonly<Record<RuleId & `STL-SYNC-${string}`, Judge>> = {
  'STL-SYNC-001': judgeOffer,
  'STL-SYNC-002': judgeFreshness,
  'STL-SYNC-003': judgeOrder,
  'STL-SYNC-004': judgeOneClock,
  'STL-SYNC-005': judgeDrift,
  'STL-SYNC-006': judgeHostTime,
};

function syncCommands(conversation: Conversation): readonly Asked[] {
  return rightCommands(conversation).filter((asked) => verbIn(asked) === 'SYNC');
}

function judgeOffer(conversation: Conversation): Judgement {
  const { options } = conversation.capabilities;
  const isOffered = options?.includes('SYNC') !== false;
  const commands = syncCommands(conversation).filter((asked) => {
    const outcome = outcomeOf(conversation, asked);
    // Where the command is special, silence has another reason.
    const isElsewhere = outcome === 'silent' && specialRule(conversation, asked) !== undefined;
    return outcome !== 'unknown' && !isElsewhere && (isOffered || outcome === 'answered');
  });
  return judgeEach(commands, isOffered ? 'SYNC was not sent' : NOT_OFFERED, (asked) => {
    const outcome = outcomeOf(conversation, asked);
    if (outcome === 'silent' || outcome === 'refused') return describe(conversation, asked);
    if (!isOffered) return 'SYNC is answered, but =CAPS does not name the option SYNC.';
    const meant = asked.answers[0]?.meant;
    return meant?.kind === 'sync' ? meant.fault : undefined;
  });
}

function judgeFreshness(conversation: Conversation): Judgement {
  const syncs = findSyncs(conversation);
  const violations: Violation[] = [];
  let chances = 0;
  const hasPace = measurePace(conversation).fault === undefined && !wrapsOddly(conversation);
  syncs.forEach((sync, index) => {
    const others = syncs
      .slice(0, index)
      .filter(({ boot, sentMs }) => boot === sync.boot && sync.sentMs - sentMs <= BURST_MS);
    if (others.length === 0 || !hasPace) return;
    chances++;
    const apart = others.find((other) => gapBetween(sync, other) > 0);
    if (apart === undefined) return;
    const message =
      `The offset to the host moved by at least ${ms(gapBetween(sync, apart))} more than the exchanges allow, ` +
      `within ${ms(sync.sentMs - apart.sentMs)}: rx_ticks is ${sync.rxTicks}, it was ${apart.rxTicks}.`;
    violations.push({ entry: sync.entry, message });
  });
  return judgement(chances, violations, NO_SYNC);
}

/** How far the offsets of two exchanges lie apart at least, besides drift; negative when they may be the same. */
function gapBetween(one: SyncExchange, other: SyncExchange): number {
  const apartMs = Math.max(one.lowerMs - other.upperMs, other.lowerMs - one.upperMs);
  return apartMs - Math.abs(one.sentMs - other.sentMs) * DRIFT_SHARE - MARGIN_MS;
}

function judgeOrder(conversation: Conversation): Judgement {
  const hasPace = measurePace(conversation).fault === undefined;
  return judgeEach(findSyncs(conversation), NO_SYNC, ({ rxTicks, txTicks, tookMs }) => {
    const between = txTicks - rxTicks;
    const limit = Math.min(ANSWER_MS_MAX, tookMs * (1 + DRIFT_SHARE) + MARGIN_MS);
    const isWithin = between >= 0 && (between <= limit || !hasPace);
    return isWithin
      ? undefined
      : `tx_ticks is ${between} after rx_ticks, 0 to ${Math.floor(limit)} are due: the exchange took ${ms(tookMs)}.`;
  });
}

function judgeOneClock(conversation: Conversation): Judgement {
  // Where ticks are wrong in themselves, they differ from each other for that reason.
  const isSound =
    measurePace(conversation).fault === undefined &&
    !wrapsOddly(conversation) &&
    judgeFreshness(conversation).violations.length === 0;
  const syncs = isSound ? findSyncs(conversation) : [];
  const lines = tickedLines(conversation, 'line');
  const violations: Violation[] = [];
  let chances = 0;
  for (const kind of ['reading', 'heartbeat'] as const) {
    const ofKind = lines.filter(({ line }) => line.meant?.kind === kind);
    for (const sync of syncs) {
      const near = ofKind.filter(
        ({ line, boot }) => boot === sync.boot && Math.abs(line.atMs - sync.sentMs) <= NEAR_MS,
      );
      if (near.length === 0) continue;
      chances++;
      const violation = findOtherClock(sync, near, kind);
      if (violation !== undefined) violations.push(violation);
    }
  }
  return judgement(chances, violations, 'there were no readings or heartbeats near a SYNC');
}

function findOtherClock(
  sync: SyncExchange,
  near: readonly Ticked[],
  kind: string,
): Violation | undefined {
  const offsets = near.map(({ line, ticks }) => ({
    entry: line.entry,
    offsetMs: line.atMs - sync.rxTicks - ticksBetween(sync.rxTicks, ticks),
    marginMs: Math.abs(line.atMs - sync.sentMs) * DRIFT_SHARE + MARGIN_MS,
  }));
  const early = offsets.find(({ offsetMs, marginMs }) => offsetMs < sync.lowerMs - marginMs);
  if (early !== undefined) {
    const message = `The ticks of the ${kind} are ${ms(sync.lowerMs - early.offsetMs)} ahead of those of SYNC: it would have been sampled after it came.`;
    return { entry: early.entry, message };
  }
  const oldest = READING_AGE_MS_MAX + HOST_ALLOWANCE_MS;
  const isBehind = offsets.every(
    ({ offsetMs, marginMs }) => offsetMs > sync.upperMs + oldest + marginMs,
  );
  if (!isBehind) return undefined;
  const least = Math.min(...offsets.map(({ offsetMs }) => offsetMs)) - sync.upperMs;
  const message = `The ticks of each ${kind} are at least ${ms(least)} behind those of SYNC.`;
  return { entry: offsets[0]?.entry ?? sync.entry, message };
}

function wrapsOddly(conversation: Conversation): boolean {
  return findTickFaults(conversation).some(({ rule }) => rule === 'STL-TICK-002');
}

function judgeDrift(conversation: Conversation): Judgement {
  const isSound =
    measurePace(conversation).fault === undefined &&
    !wrapsOddly(conversation) &&
    judgeFreshness(conversation).violations.length === 0;
  const stated = statedPpm(conversation);
  const drift = measureDrift(isSound ? findSyncs(conversation) : [], stated);
  if (drift === undefined) {
    return judgement(0, [], 'there were no exchanges far enough apart');
  }
  const { lowestPpm, highestPpm, entry, spanMs } = drift;
  const isBroken = lowestPpm > stated || highestPpm < -stated;
  const middle = (lowestPpm + highestPpm) / 2;
  const message =
    `The clock drifts by ${middle.toFixed(0)} ppm ± ${((highestPpm - lowestPpm) / 2).toFixed(0)} ppm over ` +
    `${(spanMs / 1000).toFixed(1)} s, at most ${stated} ppm are due.`;
  return judgement(1, isBroken ? [{ entry, message }] : [], NO_SYNC);
}

function statedPpm({ capabilities }: Conversation): number {
  const option = capabilities.options?.find((name) => /^PPM[1-9]\d{0,3}$/.test(name));
  return option === undefined ? DRIFT_PPM_MAX : Number(option.slice('PPM'.length));
}

function judgeHostTime(conversation: Conversation): Judgement {
  const commands = syncCommands(conversation).filter(
    ({ answers: [first] }) => first?.meant?.kind === 'sync' && first.meant.fault === undefined,
  );
  return judgeEach(commands, NO_SYNC, ({ due, answers: [first] }) => {
    if (due.kind !== 'command' || due.command.kind !== 'sync') return undefined;
    const sent = String(due.command.hostMs);
    const found = first?.meant?.kind === 'sync' ? first.meant.hostMs : '';
    return found === sent ? undefined : `The host time comes back as ${found}, ${sent} was sent.`;
  });
}
