/** Judges of what a device says about itself. */
import type { RuleId } from '../../../firmware-protocol/index.ts';
import type { Conversation } from '../conversation.ts';
import type { Violation } from '../kit-report.ts';
import type { MeantResponse } from '../meant-line.ts';
import type { Heard } from '../restarts.ts';
import { outcomeOf } from './answer-rules.ts';
import { answeredCommands, describe } from './answers.ts';
import { bootIdOf } from './boot.ts';
import { judgeEach, judgement } from './judge.ts';
import type { Judge, Judgement } from './judge.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NO_ANSWER = 'ID? was not answered';

/** The judges of what a device says about itself. */
export const IDENTITY_JUDGES: Readonly<Record<RuleId & `STL-IDENT-${string}`, Judge>> = {
  'STL-IDENT-001': (conversation) => judgeIntroduction(conversation, 'ID?'),
  'STL-IDENT-002': judgeSerial,
  'STL-IDENT-003': judgeIntroducedBoot,
  'STL-IDENT-004': (conversation) => judgeIntroduction(conversation, 'CAPS?'),
};

/** Whether `ID?` or `CAPS?` is known, and answered with all that belongs to it. */
function judgeIntroduction(conversation: Conversation, verb: string): Judgement {
  const commands = answeredCommands(conversation, [verb]);
  const plain = commands.filter(({ rule }) => rule === undefined);
  return judgeEach(plain.length > 0 ? plain : commands, `${verb} was not answered`, (asked) =>
    outcomeOf(conversation, asked) === 'refused'
      ? describe(conversation, asked)
      : faultIn(asked.answers[0]?.meant),
  );
}

function faultIn(meant: unknown): string | undefined {
  return typeof meant === 'object' && meant !== null && 'fault' in meant
    ? String(meant.fault)
    : undefined;
}

type Introduction = Heard & { readonly meant: MeantResponse & { readonly kind: 'id' } };

function introductions({ heard }: Conversation): readonly Introduction[] {
  return heard.filter((line): line is Introduction => line.meant?.kind === 'id');
}

function judgeSerial(conversation: Conversation): Judgement {
  // Where a field is missing or too many, nobody knows which one is the serial number.
  const lines = introductions(conversation).filter(({ bytes }) => bytes.split(',').length === 8);
  const first = lines[0]?.meant.serial;
  return judgeEach(lines, NO_ANSWER, ({ meant }) => {
    if (!UUID.test(meant.serial)) {
      return `The serial number is "${meant.serial}", a lower-case UUID is due.`;
    }
    return meant.serial === first
      ? undefined
      : `The serial number is ${meant.serial}, it was ${first}.`;
  });
}

function judgeIntroducedBoot(conversation: Conversation): Judgement {
  const violations: Violation[] = [];
  let chances = 0;
  for (const { entry, boot, meant } of introductions(conversation)) {
    const due = bootIdOf(boot.event);
    if (due === undefined || meant.fault !== undefined) continue;
    chances++;
    if (meant.boot !== due) {
      const message = `The boot id is ${meant.boot}, that of the last !BOOT is ${due}.`;
      violations.push({ entry, message });
    }
  }
  return judgement(chances, violations, 'no =ID came after a !BOOT');
}
