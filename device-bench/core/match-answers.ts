/** Which response belongs to which command. */
import type { Asked } from './conversation.ts';
import { isDueKind } from './due-answer.ts';
import type { Due } from './due-answer.ts';
import { isResponse } from './meant-line.ts';
import type { MeantResponse } from './meant-line.ts';
import type { Heard } from './restarts.ts';

/** A response that comes later than this belongs to nothing. */
const MEMORY_MS = 6_000;
/** How many commands back a response may belong to. */
const MEMORY_COMMANDS = 6;

/**
 * Gives each response to its command. First those whose tag and kind are right, then what is left: to the last command
 * that has no answer, otherwise to one that has it already, as a second response.
 */
export function matchAnswers(asked: readonly Asked[], heard: readonly Heard[]): void {
  const left: (readonly [Heard, MeantResponse])[] = [];
  for (const line of heard) {
    if (!isResponse(line.meant)) continue;
    const response = line.meant;
    const fitting = candidates(asked, line).find(
      (command) => command.answers.length === 0 && isExact(command.due, response),
    );
    if (fitting === undefined) left.push([line, response]);
    else fitting.answers.push(line);
  }
  for (const [line, response] of left) {
    const command = findNearest(candidates(asked, line), response);
    command?.answers.push(line);
    command?.answers.sort((one, other) => one.entry - other.entry);
  }
}

/** The commands that a line may answer, the last first. */
function candidates(asked: readonly Asked[], line: Heard): readonly Asked[] {
  const before: Asked[] = [];
  for (let index = asked.length - 1; index >= 0 && before.length < MEMORY_COMMANDS; index--) {
    const command = asked[index] as Asked;
    if (line.atMs - command.atMs > MEMORY_MS) break;
    if (command.entry < line.entry && command.boot === line.boot) before.push(command);
  }
  return before;
}

function isExact(due: Due, response: MeantResponse): boolean {
  if (due.kind === 'nothing' || due.tag !== response.tag) return false;
  return response.tag !== '' || isDueKind(due, response);
}

function findNearest(commands: readonly Asked[], response: MeantResponse): Asked | undefined {
  const isOpen = ({ answers, due }: Asked): boolean =>
    answers.length === 0 && due.kind !== 'nothing';
  const hasTag = ({ due }: Asked): boolean => due.kind !== 'nothing' && due.tag === response.tag;
  return (
    commands.find((command) => isOpen(command) && isDueKind(command.due, response)) ??
    commands.find(isOpen) ??
    (response.tag === '' && commands[0]?.due.kind === 'nothing' ? commands[0] : undefined) ??
    commands.find((command) => hasTag(command) && isDueKind(command.due, response)) ??
    commands.find((command) => response.tag !== '' && hasTag(command)) ??
    commands[0]
  );
}
