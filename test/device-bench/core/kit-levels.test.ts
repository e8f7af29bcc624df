import { expect, test } from 'vitest';
import type { Level } from '../../../firmware-protocol/index.ts';
import { board, runKit } from './scripted-link.ts';

/** What a device offers, the level that is asked for, and the one that it reaches. */
const CASES: readonly (readonly [readonly string[], Level, Level])[] = [
  [['SYNC', 'REBOOT'], 'L1', 'L1'],
  [['SYNC', 'REBOOT'], 'L2', 'L2'],
  [['SYNC'], 'L1', 'L1'],
  [['SYNC'], 'L2', 'L2'],
  [['SYNC'], 'L3', 'L3'],
  [['REBOOT'], 'L1', 'L1'],
  [['REBOOT'], 'L2', 'L2'],
  [['REBOOT'], 'L3', 'L2'],
  [[], 'L1', 'L1'],
  [[], 'L2', 'L2'],
  [[], 'L3', 'L2'],
];

test.each(CASES)(
  'a healthy device with the options %j, tested up to %s, keeps %s',
  (capabilities, level, reached) => {
    const { report } = runKit(board({ capabilities }), { level });
    const failed = report.rules.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
    expect([failed, report.verdict, report.level]).toEqual([[], 'passed', reached]);
    const sent = report.transcript.flatMap((entry) => (entry.kind === 'sent' ? [entry.bytes] : []));
    const asks = (verb: string): boolean => sent.some((bytes) => bytes.includes(` ${verb} `));
    // At level 3 a device that does not offer SYNC is asked once whether it refuses it.
    expect([asks('SYNC'), asks('REBOOT')]).toEqual([
      level === 'L3',
      capabilities.includes('REBOOT'),
    ]);
  },
);
