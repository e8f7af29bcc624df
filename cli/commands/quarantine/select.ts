/** Which entries are meant. */
import { parseEntryId } from '../../../bridge/index.ts';
import type { Selection } from '../../../bridge/index.ts';
import { UsageError } from '../../exit-codes.ts';

/** What says which. */
export interface SelectArguments {
  readonly table: 'accelerometer_landing' | 'step_trainer_landing' | undefined;
  readonly reason: string | undefined;
}

/** The options that say which. */
export const SELECT_OPTIONS = {
  table: {
    describe: 'Only what would be rows of this table',
    choices: ['accelerometer_landing', 'step_trainer_landing'],
    requiresArg: true,
  },
  reason: { describe: 'Only this reason', type: 'string', requiresArg: true },
} as const;

/** The selection; without ids all entries are meant. @throws UsageError for what is no id */
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
  return { table, reason, ids: names && new Set(names) };
}
