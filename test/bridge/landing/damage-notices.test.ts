import { expect, test } from 'vitest';
import { DamageNotices } from '../../../bridge/landing/damage-notices.ts';
import type { SegmentDamage } from '../../../bridge/landing/segment-objects.ts';
import type { Notice } from '../../../bridge/notice.ts';

const ONE: SegmentDamage = {
  table: 'quarantine/accelerometer_landing',
  reason: 'spool-damaged',
  lines: 1,
  ranges: 1,
  bytes: 90,
};

function prepare() {
  const told: Notice[] = [];
  const notices = new DamageNotices('/spool', { notice: (notice) => told.push(notice) });
  return { told, notices };
}

test('damage is a warning with its extent, and where it is told', () => {
  const { told, notices } = prepare();
  notices.tell(ONE);
  notices.tell({ ...ONE, ranges: 2, bytes: 4_096 });
  notices.tell({ ...ONE, reason: 'spool-segment-missing', ranges: 0, bytes: 0 });
  const where = 'quarantine/accelerometer_landing as spool-damaged.';
  expect(told).toEqual(
    [
      `The spool /spool was damaged: 1 range, 90 bytes. What is readable lands, the rest is in ${where}`,
      `The spool /spool was damaged: 2 ranges, 4,096 bytes. What is readable lands, the rest is in ${where}`,
      'A segment of the spool /spool is gone. It is told in quarantine/accelerometer_landing as spool-segment-missing.',
    ].map((text) => ({ level: 'warn', part: 'spool', text })),
  );
});

test('of a thousand damaged segments, the log has nine lines', () => {
  const { told, notices } = prepare();
  for (let count = 0; count < 1_000; count++) notices.tell(ONE);
  expect(told).toHaveLength(9);
  expect(told.at(-1)?.text).toMatch(/^More segments of the spool \/spool are damaged\./);
});
