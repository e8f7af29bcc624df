/** Which entries are meant. */
import { parseEntryId, QUARANTINE_REASONS } from '../../../bridge/index.ts';
import type { Selection } from '../../../bridge/index.ts';
import { UsageError } from '../../exit-codes.ts';
import { requireWord } from '../../known-words.ts';

const TABLES = ['accelerometer_landing', 'step_trainer_landing'] as const;
const REASONS = Object.keys(QUARANTINE_REASONS);

/** What says which. */
export interface SelectArguments {
  readonly table: string | undefined;
  readonly reason: string | undefined;
}

/** The options that say which. */
export const SELECT_OPTIONS = {
  table: {
    describe: 'Only what would be rows of accelerometer_landing or of step_trainer_landing',
    type: 'string',
    requiresArg: true,
  },
  reason: { describe: 'Only this reason', type: 'string', requiresArg: true },
} as const;

/** The selection; without ids all entries are meant. @throws UsageError for what is no id, table or reason */
export function readSelection(
  { table, reason }: SelectArguments,
  ids?: readonly string[],
): Selection {
  const names = ids?.map((id) => {
    if (parseEntryId(id) === undefined) {
      throw new UsageError(
        `"${id}" is no entry of a quarantine. "stedi quarantine list" shows what they look like.`,
      );
    }
    return id.replace(/^quarantine\//, '');
  });
  return {
    table: table === undefined ? undefined : requireWord('--table', table, TABLES),
    reason: reason === undefined ? undefined : requireWord('--reason', reason, REASONS),
    ids: names && new Set(names),
  };
}
