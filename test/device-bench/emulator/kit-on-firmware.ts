/** Runs the conformance kit on firmware in the emulator. */
import { KIT_MS_MAX, openEmulatedBoard, startKit } from '../../../device-bench/index.ts';
import type { KitReport, MemoryUse } from '../../../device-bench/index.ts';

/** What came of it. */
export interface FirmwareCheck {
  readonly report: KitReport;
  /** Clock cycles that the board has run. */
  readonly cycles: number;
  readonly memory: MemoryUse;
}

/** Powers a board with a hex file and tests it at level 3. */
export function checkFirmware(hex: string): FirmwareCheck {
  const board = openEmulatedBoard({ hex });
  let done: KitReport | undefined;
  startKit(board, {
    level: 'L3',
    onDone: (report) => {
      done = report;
    },
  });
  board.run(KIT_MS_MAX, () => done !== undefined);
  if (done === undefined) throw new RangeError('The kit has not ended in its time.');
  return { report: done, cycles: board.cycles(), memory: board.memoryUse() };
}

/** The rules that a device broke, each with the first breach. */
export function breachesOf({ rules }: KitReport): readonly string[] {
  return rules
    .filter(({ verdict }) => verdict === 'failed')
    .map(({ id, violations }) => `${id}: ${violations[0]?.message ?? ''}`);
}
