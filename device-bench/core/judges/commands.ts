/** Judges of commands and responses. */
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Asked, Conversation } from '../conversation.ts';
import { isResponse } from '../meant-line.ts';
import type { Violation } from '../kit-report.ts';
import { outcomeOf, verbIn } from './answer-rules.ts';
import {
  answeredCommands,
  describe,
  judgeAnswered,
  judgeLatency,
  judgeSpecial,
} from './answers.ts';
import { judgeEach, judgement, quote } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';
import { judgeRepeats } from './repeats.ts';

/** From here on a host time does not fit into a signed number of 32 bits. */
const SMALL_HOST_MS = 2 ** 31;

/** The judges of commands and responses. */
export const COMMAND_JUDGES: Readonly<Record<RuleId & `STL-CMD-${string}`, Judge>> = {
  'STL-CMD-001': judgeAnswered,
  'STL-CMD-002': judgeSecondAnswers,
  'STL-CMD-003': judgeLatency,
  'STL-CMD-004': judgeTags,
  'STL-CMD-005': judgeValues,
  'STL-CMD-006': judgeSpecial('STL-CMD-006', 'no typed command was sent'),
  'STL-CMD-007': judgeEmptyLines,
  'STL-CMD-008': judgeRepeats,
  'STL-CMD-009': judgeSpelling,
};

/** True for a line that has a rule of its own about being refused once. */
function isRefusedOnce({ due }: Asked): boolean {
  return due.kind === 'error' && (due.rule === 'STL-ERR-002' || due.rule === 'STL-ERR-003');
}

function judgeSecondAnswers(conversation: Conversation): Judgement {
  const commands = conversation.asked.filter(
    (asked) => asked.due.kind !== 'nothing' && asked.answers.length > 0 && !isRefusedOnce(asked),
  );
  const violations: Violation[] = [];
  for (const { text, answers } of commands) {
    const second = answers[1];
    if (second === undefined) continue;
    const message = `${quote(text)} is answered ${answers.length} times, once is due.`;
    violations.push({ entry: second.entry, message });
  }
  return judgement(commands.length, violations, 'no command was answered');
}

function judgeTags(conversation: Conversation): Judgement {
  const commands = conversation.asked.filter(
    (asked) => asked.answers.length > 0 && isTagJudged(asked),
  );
  return judgeEach(commands, 'no command was answered', ({ due, answers, text }) => {
    const meant = answers[0]?.meant;
    const found = isResponse(meant) ? meant.tag : '';
    const tag = due.kind === 'nothing' ? '' : due.tag;
    return found === tag
      ? undefined
      : `The response to ${quote(text)} has the tag "${found}", "${tag}" is due.`;
  });
}

function isTagJudged({ due, answers, text }: Asked): boolean {
  const meant = answers[0]?.meant;
  if (due.kind === 'nothing' || !isResponse(meant)) return false;
  // Of a line that seems damaged to the device, not even the tag is believed.
  if (meant.kind === 'error' && meant.code <= 2 && meant.tag === '') return false;
  if (due.kind === 'command') return true;
  if (meant.kind !== 'error') return false;
  const own = /^@(\S+) /.exec(text)?.[1];
  return due.tag !== '' || own === undefined || meant.tag !== own;
}

function judgeValues(conversation: Conversation): Judgement {
  const commands = answeredCommands(conversation, ['START', 'STOP', 'PING', 'REBOOT', 'SYNC']);
  const isUnknown = new Set(
    commands
      .filter((asked) => asked.rule === undefined && outcomeOf(conversation, asked) === 'refused')
      .map(verbIn),
  );
  const judged = commands.filter(
    (asked) =>
      asked.answers[0]?.breaches.every(({ rule }) => rule !== 'STL-FRAME-007') === true &&
      (asked.rule === undefined || outcomeOf(conversation, asked) !== 'refused') &&
      (verbIn(asked) !== 'SYNC' || isSmallSync(asked)) &&
      // Whether it streams decides about a START that is refused.
      (!isUnknown.has(verbIn(asked)) || asked.rule === undefined),
  );
  return judgeEach(judged, 'no such command was answered', (asked) =>
    outcomeOf(conversation, asked) === 'refused'
      ? describe(conversation, asked)
      : wrongValue(asked),
  );
}

function isSmallSync({ due, answers: [first] }: Asked): boolean {
  return (
    due.kind === 'command' &&
    due.command.kind === 'sync' &&
    due.command.hostMs < SMALL_HOST_MS &&
    first?.meant?.kind === 'sync'
  );
}

function wrongValue({ due, answers: [first], text }: Asked): string | undefined {
  if (due.kind !== 'command' || first?.meant === undefined) return undefined;
  const { meant, bytes } = first;
  const { command } = due;
  const wrong = `${quote(text)} is answered with ${quote(bytes)}`;
  if (meant.kind === 'sync' && command.kind === 'sync') {
    return meant.hostMs === String(command.hostMs)
      ? undefined
      : `${wrong}, its time ${command.hostMs} is due.`;
  }
  if (meant.kind !== 'ok') return undefined;
  const verb = command.kind.toUpperCase();
  if (meant.verb !== verb) return `${wrong}, ${verb} is due.`;
  const value = command.kind === 'start' ? String(command.rateHz) : '';
  return command.kind === 'stop' || meant.value === value
    ? undefined
    : `${wrong}, the value "${value}" is due.`;
}

function judgeEmptyLines({ asked, endMs }: Conversation): Judgement {
  const empty = asked.filter(({ due, atMs }) => due.kind === 'nothing' && endMs > atMs);
  return judgeEach(empty, 'no empty line was sent', ({ answers: [first] }) =>
    first === undefined ? undefined : `An empty line is answered with ${quote(first.bytes)}.`,
  );
}

function judgeSpelling({ asked }: Conversation): Judgement {
  const misspelt = asked.filter(
    ({ due, answers }) => due.kind === 'error' && due.rule === 'STL-CMD-009' && answers.length > 0,
  );
  return judgeEach(misspelt, 'no misspelt verb was answered', ({ answers: [first], text }) =>
    first?.meant?.kind === 'error'
      ? undefined
      : `${quote(text)} is answered with ${quote(first?.bytes ?? '')}, error 3 is due.`,
  );
}
