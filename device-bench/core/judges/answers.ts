/** Judges of answers to right commands: there, in time, and not a refusal. */
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Asked, Conversation } from '../conversation.ts';
import type { Violation } from '../kit-report.ts';
import {
  ANSWER_LIMIT_MS,
  latencyOf,
  outcomeOf,
  plainOutcomes,
  rightCommands,
  specialRule,
  verbIn,
} from './answer-rules.ts';
import { judgement, ms, quote } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { isStreaming } from './stream-state.ts';

/** The rules that are about how a special command is answered. */
type SpecialRuleId =
  'STL-CMD-006' | 'STL-CMD-008' | 'STL-ERR-007' | 'STL-STREAM-006' | 'STL-OVER-003';

/** The judge of commands that are special in one way: whether they are answered like all others. */
export function judgeSpecial(rule: SpecialRuleId, reason: string): Judge {
  return (conversation) => {
    const wrong = new Set([
      ...plainOutcomes(conversation, 'silent'),
      ...plainOutcomes(conversation, 'refused'),
    ]);
    const late = plainOutcomes(conversation, 'late');
    const violations: Violation[] = [];
    let chances = 0;
    for (const asked of rightCommands(conversation)) {
      const outcome = outcomeOf(conversation, asked);
      if (specialRule(conversation, asked) !== rule || outcome === 'unknown') continue;
      // What is wrong with the command everywhere has nothing to do with what makes it special here.
      if (wrong.has(verbIn(asked)) || isUnofferedSync(conversation, asked)) continue;
      chances++;
      const isLate = outcome === 'late' && !late.has(verbIn(asked)) && isTimed(rule);
      const isWrong = outcome === 'silent' || outcome === 'refused' || isLate;
      if (isWrong && !isElsewhere(conversation, asked, outcome)) {
        violations.push({ entry: asked.entry, message: describe(conversation, asked) });
      }
    }
    return judgement(chances, violations, reason);
  };
}

/** A device without the option SYNC refuses it, whenever it is asked. */
function isUnofferedSync({ capabilities }: Conversation, asked: Asked): boolean {
  return verbIn(asked) === 'SYNC' && capabilities.options?.includes('SYNC') === false;
}

/** Refusals that are about what the command asks for, rather than about when. */
function isElsewhere(conversation: Conversation, asked: Asked, outcome: string): boolean {
  if (outcome !== 'refused') return false;
  const isStart = asked.due.kind === 'command' && asked.due.command.kind === 'start';
  return (
    isStart &&
    isStreaming(conversation, asked) &&
    specialRule(conversation, asked) === 'STL-STREAM-006'
  );
}

function isTimed(rule: SpecialRuleId): boolean {
  return rule === 'STL-STREAM-006' || rule === 'STL-OVER-003';
}

/** Says how a command was answered. */
export function describe(conversation: Conversation, asked: Asked): string {
  const answer = asked.answers[0];
  const command = quote(asked.text);
  if (answer === undefined) return `${command} is not answered.`;
  if (outcomeOf(conversation, asked) === 'late') {
    return `${command} is answered after ${ms(latencyOf(conversation, asked))}, at most ${ms(ANSWER_LIMIT_MS)} are due, of which 100 ms are the host's.`;
  }
  return `${command} is answered with ${quote(answer.bytes)}.`;
}

/** The judge of `STL-CMD-001`: plain commands are answered. */
export function judgeAnswered(conversation: Conversation): Judgement {
  const violations: Violation[] = [];
  let chances = 0;
  for (const asked of rightCommands(conversation)) {
    const outcome = outcomeOf(conversation, asked);
    const isPlain = specialRule(conversation, asked) === undefined;
    if (!isPlain || outcome === 'unknown' || verbIn(asked) === 'SYNC') continue;
    chances++;
    if (outcome === 'silent') {
      violations.push({ entry: asked.entry, message: describe(conversation, asked) });
    }
  }
  return judgement(chances, violations, 'no command was sent');
}

/** The judge of `STL-CMD-003`: answers come in time where nothing else keeps the device busy. */
export function judgeLatency(conversation: Conversation): Judgement {
  const violations: Violation[] = [];
  let chances = 0;
  for (const asked of conversation.asked) {
    const latencyMs = latencyOf(conversation, asked);
    const rule = asked.due.kind === 'command' ? specialRule(conversation, asked) : undefined;
    const isBusy =
      rule === 'STL-OVER-003' || rule === 'STL-STREAM-006' || isStreaming(conversation, asked);
    if (asked.due.kind === 'nothing' || Number.isNaN(latencyMs) || isBusy) continue;
    chances++;
    if (latencyMs > ANSWER_LIMIT_MS) {
      const message = `${quote(asked.text)} is answered after ${ms(latencyMs)}, at most ${ms(ANSWER_LIMIT_MS)} are due, of which 100 ms are the host's.`;
      violations.push({ entry: asked.answers[0]?.entry ?? asked.entry, message });
    }
  }
  return judgement(chances, violations, 'no command was answered');
}

/** Right commands of one kind with their first answers, for judges of what answers say. */
export function answeredCommands(
  conversation: Conversation,
  verbs: readonly string[],
): readonly (Asked & { readonly rule: RuleId | undefined })[] {
  return rightCommands(conversation)
    .filter((asked) => verbs.includes(verbIn(asked)) && asked.answers.length > 0)
    .filter((asked) => outcomeOf(conversation, asked) !== 'unknown')
    .map((asked) => ({ ...asked, rule: specialRule(conversation, asked) }));
}
