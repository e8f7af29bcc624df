import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { NEW_MONITOR } from '../../../device-bench/monitor/monitor-state.ts';
import { renderFrame } from '../../../device-bench/monitor/render-frame.ts';
import type { Screen } from '../../../device-bench/monitor/render-frame.ts';
import { after, heard, heardReading, INTRODUCTION } from './watched-device.ts';

const SCREEN: Screen = { columns: 72, rows: 15, color: false, unicode: true };
const STATE = after([
  { kind: 'phase', ms: 850, phase: 'streaming' },
  INTRODUCTION,
  heard(950, { kind: 'started', tag: '4', rateHz: 50 }),
  {
    kind: 'clock',
    ms: 990,
    clock: { offsetMs: -250.04, driftPpm: -37.04, errorMs: 0.26, bursts: 4 },
  },
  ...Array.from({ length: 20 }, (_, seq) => heardReading(seq)),
  heard(10_600, '$R,7F3A,20,11000,7*0000'),
  heardReading(22),
]);
const NOW_MS = 12_010;

describe('the frame of a monitor', () => {
  it('shows the device, its counts, its clock, its signal over ticks, and what happened', () => {
    expect(renderFrame(STATE, SCREEN, NOW_MS)).toEqual([
      'ST-1 1.0.0 · 5f8c2d1e-0a3b-4c5d-8e9f-001122334455 · boot 7F3A',
      'streaming',
      '0.7 Hz · 21 readings of 24 lines',
      'gaps 1 (2 missing) · late 0 · dropped 0',
      'CRC errors 1 · rejected 0',
      'clock offset -250.0 ms ± 0.3 ms · drift −37.0 ppm · 4 syncs',
      '  240 │      ⠈               ⠈               ⠈                ⠁',
      '      │   ⠂               ⠐               ⠐               ⠐',
      '      │                ⠄               ⠠               ⠠               ⠠',
      '      │             ⠄               ⠄               ⠄',
      '  200 │         ⢀                ⡀               ⡀',
      '      2000 ticks                                                  12000',
      '    0.950  started at 50 Hz',
      '   10.600  rejected: bad-crc',
      '   12.010  2 readings missing before 22',
    ]);
  });

  it('does so in ASCII where the terminal knows nothing else', () => {
    expect(renderFrame(STATE, { ...SCREEN, unicode: false }, NOW_MS)).toEqual([
      'ST-1 1.0.0 | 5f8c2d1e-0a3b-4c5d-8e9f-001122334455 | boot 7F3A',
      'streaming',
      '0.7 Hz | 21 readings of 24 lines',
      'gaps 1 (2 missing) | late 0 | dropped 0',
      'CRC errors 1 | rejected 0',
      'clock offset -250.0 ms +- 0.3 ms | drift -37.0 ppm | 4 syncs',
      "  240 |      '               '               '               '",
      '      |   -               -               -               -',
      '      |                -               -               -               -',
      '      |             .               .               .',
      '  200 |          .               .               .',
      '      2000 ticks                                                  12000',
      '    0.950  started at 50 Hz',
      '   10.600  rejected: bad-crc',
      '   12.010  2 readings missing before 22',
    ]);
  });
});

describe('a frame of little room', () => {
  it.each([1, 5, 12, 20, 40, 200])('is no wider than %d columns', (columns) => {
    for (const color of [false, true]) {
      for (const unicode of [false, true]) {
        const frame = renderFrame(STATE, { columns, rows: 24, color, unicode }, NOW_MS);
        const plain = frame.map(stripVTControlCharacters);
        expect(Math.max(...plain.map((line) => line.length))).toBeLessThanOrEqual(columns);
        expect(frame.length).toBeGreaterThan(5);
      }
    }
  });

  it('keeps the boot and the state at 40 columns', () => {
    const frame = renderFrame(STATE, { ...SCREEN, columns: 40 }, NOW_MS);
    expect(frame.slice(0, 3)).toEqual([
      'ST-1 1.0.0',
      '5f8c2d1e-0a3b-4c5d-8e9f-001122334455',
      'boot 7F3A · streaming',
    ]);
  });

  it.each([0, 1, 4, 7, 10, 30])('is no higher than %d rows', (rows) => {
    expect(renderFrame(STATE, { ...SCREEN, rows }, NOW_MS).length).toBeLessThanOrEqual(rows);
  });

  it('has colours only where they are wanted, and none left open', () => {
    expect(renderFrame(STATE, SCREEN, NOW_MS).join('')).not.toContain('\u001B');
    const frame = renderFrame(STATE, { ...SCREEN, color: true }, NOW_MS);
    expect(frame[0]?.startsWith('\u001B[1mST-1')).toBe(true);
    expect(frame[0]?.endsWith('\u001B[0m')).toBe(true);
    expect(frame[3]?.startsWith('\u001B[31mgaps')).toBe(true);
    expect(frame[2]).not.toContain('\u001B');
  });
});

describe('a frame before and after', () => {
  it('says what is not known yet', () => {
    expect(renderFrame(NEW_MONITOR, SCREEN, 0)).toEqual([
      'a device that has not told its name · boot unknown · listening',
      '0.0 Hz · 0 readings of 0 lines',
      'gaps 0 (0 missing) · late 0 · dropped 0',
      'CRC errors 0 · rejected 0',
      'clock not known',
    ]);
  });

  it('says when the device is gone', () => {
    const [head] = renderFrame(after([{ kind: 'closed', ms: 5 }]), SCREEN, 5);
    expect(head).toContain('· gone');
  });

  it('has no rate once the device has stopped, and one again with the next reading', () => {
    const readings = [0, 1, 2].map((seq) => heardReading(seq));
    const stopped = [...readings, heard(2_100, { kind: 'stopped', tag: '5', seq: 3 })];
    const rate = (events: Parameters<typeof after>[0]): string | undefined =>
      renderFrame(after(events), SCREEN, 2_600).find((line) => line.includes(' Hz · '));
    expect(rate(readings)).not.toMatch(/^0\.0 Hz/);
    expect(rate(stopped)).toMatch(/^0\.0 Hz/);
    expect(rate([...stopped, heardReading(3)])).not.toMatch(/^0\.0 Hz/);
  });

  it('says when a clock cannot be fitted', () => {
    const clock = { offsetMs: 1, driftPpm: 0, errorMs: Infinity, bursts: 1 };
    expect(renderFrame(after([{ kind: 'clock', ms: 1, clock }]), SCREEN, 5)[4]).toBe(
      'clock offset 1.0 ms contradicts itself · drift +0.0 ppm · 1 syncs',
    );
  });

  it('passes nothing of a device on to the terminal as a command', () => {
    const evil = heard(1, { kind: 'text', text: 'x' });
    const state = { ...after([evil]), notices: [{ ms: 1, text: '\u001B[2J\u0007', isBad: false }] };
    const text = renderFrame(state, SCREEN, 5).join('');
    expect(text).toContain('[2J');
    expect(stripVTControlCharacters(text)).toBe(text);
    expect(text).not.toContain('\u0007');
  });
});
