import { expect, test } from 'vitest';
import type { Notice } from '../../../bridge/notice.ts';
import { SpoolHealth } from '../../../bridge/spool/spool-health.ts';

test('a full disk is to be looked after, room is good news, and a failed sync is an error', () => {
  const notices: Notice[] = [];
  const timers = { now: () => 0, at: () => undefined };
  const health = new SpoolHealth('/spool', timers, { onNotice: (notice) => notices.push(notice) });
  const lanes = [{}, {}];
  for (const lane of lanes)
    health.block(lane, Object.assign(new Error('full'), { code: 'ENOSPC' }));
  for (const lane of lanes) health.unblock(lane);
  health.fail(new Error('EIO: i/o error, fdatasync'));
  expect(notices.map(({ level, part }) => `${part} ${level}`)).toEqual([
    'spool warn',
    'spool info',
    'spool error',
  ]);
  expect(notices[1]?.text).toBe('The disk of the spool /spool has room again.');
});
