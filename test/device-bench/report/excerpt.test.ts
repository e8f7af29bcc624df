import { describe, expect, it } from 'vitest';
import type { Transcript } from '../../../device-bench/index.ts';
import { cutExcerpt, formatOffset } from '../../../device-bench/report/excerpt.ts';
import { TRANSCRIPT } from './sample-report.ts';

describe('an excerpt', () => {
  it('shows what was asked, what came, and when, around the marked line', () => {
    const excerpt = cutExcerpt(TRANSCRIPT, 6);
    expect(excerpt).toMatchObject({ act: 'stream', atMs: 255 });
    expect(
      excerpt?.lines.map(({ kind, offsetMs, isSubject, skipped }) => [
        kind,
        offsetMs,
        isSubject,
        skipped,
      ]),
    ).toEqual([
      ['sent', -45, false, 0],
      ['received', -39.5, false, 0],
      ['received', -20, false, 0],
      ['received', 0, true, 0],
      ['received', 20, false, 0],
    ]);
    expect(excerpt?.lines[3]?.text).toBe('$R,7F3A,1,441,181,0*0d16\\r\\n');
  });

  it('says how much is left out between the command and the line', () => {
    const lines: Transcript = [
      ...TRANSCRIPT.slice(0, 5),
      ...Array.from({ length: 10 }, () => TRANSCRIPT[5] as Transcript[number]),
    ];
    const excerpt = cutExcerpt(lines, 12);
    expect(excerpt?.lines.map(({ skipped }) => skipped)).toEqual([0, 6, 0, 0, 0]);
    expect(excerpt?.lines[0]?.kind).toBe('sent');
  });

  it('stays within the act, and holds what is no bytes', () => {
    expect(cutExcerpt(TRANSCRIPT, 7)?.lines.at(-1)?.isSubject).toBe(true);
    expect(cutExcerpt(TRANSCRIPT, 10)?.lines.map(({ text }) => text)).toEqual([
      'PING\\r\\n',
      '(the device was reset)',
      '(the port went away)',
    ]);
  });

  it('cuts what never ends', () => {
    const endless = { kind: 'received', fromMs: 0, atMs: 1, bytes: '~'.repeat(4_000) } as const;
    const [line] = cutExcerpt([endless], 0)?.lines ?? [];
    expect(line?.text).toHaveLength(160 + '... (4000 bytes)'.length);
  });

  it('is missing for an entry that does not exist', () => {
    expect(cutExcerpt(TRANSCRIPT, 99)).toBeUndefined();
    expect(cutExcerpt([], 0)).toBeUndefined();
  });
});

it.each([
  [0, '+0.0 ms'],
  [-12.345, '-12.3 ms'],
  [999, '+999.0 ms'],
  [-3_210, '-3.21 s'],
])('writes an offset of %s ms', (ms, text) => {
  expect(formatOffset(ms)).toBe(text);
});
