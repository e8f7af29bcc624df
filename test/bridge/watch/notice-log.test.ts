import { expect, test } from 'vitest';
import { noticeLog } from '../../../bridge/watch/notice-log.ts';

function logged(level: Parameters<typeof noticeLog>[1]): {
  lines: string[];
  log: ReturnType<typeof noticeLog>;
} {
  const lines: string[] = [];
  return { lines, log: noticeLog({ write: (line) => lines.push(line) }, level) };
}

test('a notice is one line of JSON with level, time, part and text, and nothing about the machine', () => {
  const { lines, log } = logged('info');
  log.notice({ level: 'warn', part: 'landing', text: 'The bucket "lake"\nis away.' });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]*\n$/);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    part: 'landing',
    msg: 'The bucket "lake"\nis away.',
  });
});

test.each([
  ['info', 3],
  ['warn', 2],
  ['error', 1],
  ['silent', 0],
] as const)('from level %s on, %d of three notices are told', (level, told) => {
  const { lines, log } = logged(level);
  for (const each of ['info', 'warn', 'error'] as const) {
    log.notice({ level: each, part: 'bridge', text: each });
  }
  expect(lines).toHaveLength(told);
});
