import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLine } from '../../../device-bench/core/read-line.ts';
import { frameLine } from '../../../firmware-protocol/framing.ts';

const TEXT = '$R,7F3A,1,20,300,0';
const LINE = frameLine(TEXT);
const READING = { kind: 'reading', boot: '7F3A', seq: 1, ticks: 20, distance: 300, flags: 0 };
const PONG = frameLine('=OK,a,PING,');
const PONG_MEANT = { kind: 'ok', tag: 'a', verb: 'PING', value: '' };
const CRC = LINE.slice(-6, -2);

/** The rules that a line breaks. */
const rulesOf = (bytes: string): string[] => readLine(bytes).breaches.map(({ rule }) => rule);

describe('readLine', () => {
  it.each([
    ['a reading', LINE, READING],
    ['a reading that ends with LF alone', `${TEXT}*${CRC}\n`, READING],
    ['a response', PONG, PONG_MEANT],
  ])('finds nothing wrong in %s', (_what, bytes, meant) => {
    expect(readLine(bytes)).toEqual({ meant, breaches: [], isTorn: false, isSure: true });
  });

  it.each([
    ['001', 'no class character', LINE.slice(1)],
    ['001', 'another class character', `&${LINE.slice(1)}`],
    ['003', 'no CRC', `${TEXT}\r\n`],
    ['003', 'an empty CRC', `${TEXT}*\r\n`],
    ['003', 'a wrong CRC', `${TEXT}*0000\r\n`],
    ['004', 'a lower-case CRC', `${TEXT}*${CRC.toLowerCase()}\r\n`],
    ['004', 'a CRC with 0x', `${TEXT}*0x${CRC}\r\n`],
    ['004', 'a CRC of eight digits', `${TEXT}*0000${CRC}\r\n`],
    ['005', 'a byte that has no place in it', `$\x80${LINE.slice(1)}`],
    ['006', 'CR alone at its end', `${TEXT}*${CRC}\r`],
    ['006', 'two CRs at its end', `${TEXT}*${CRC}\r\r\n`],
    ['007', 'a field too many', frameLine(`${TEXT},0`)],
    ['008', 'a leading zero', frameLine('$R,7F3A,01,20,300,0')],
  ])('finds STL-FRAME-%s alone, and still reads the line: %s', (rule, _what, bytes) => {
    const { meant, breaches, isTorn } = readLine(bytes);
    expect(breaches.map((breach) => breach.rule)).toEqual([`STL-FRAME-${rule}`]);
    expect(meant).toEqual(READING);
    expect(isTorn).toBe(false);
  });

  it.each([
    ['001', 'somebody who talks', 'ready\r\n'],
    ['001', 'an empty line', '\r\n'],
    ['007', 'an unknown verb', frameLine('!WHAT,1')],
    ['005', 'bytes of another baud rate', '\xf0\x80\xff\r\n'],
  ])('finds STL-FRAME-%s alone, and understands nothing: %s', (rule, _what, bytes) => {
    expect(readLine(bytes)).toMatchObject({ meant: undefined, isTorn: false });
    expect(rulesOf(bytes)).toEqual([`STL-FRAME-${rule}`]);
  });

  it('does not believe values that the CRC does not protect', () => {
    expect(readLine(`${TEXT}*0000\r\n`).isSure).toBe(false);
    expect(readLine(`${TEXT}*${CRC.toLowerCase()}\r\n`).isSure).toBe(true);
  });

  it('names what the wrong CRC is, and which is due', () => {
    const { breaches } = readLine('!HB,7F3A,5*0000\r\n');
    const due = frameLine('!HB,7F3A,5').slice(-6, -2);
    expect(breaches[0]?.message).toBe(`The CRC is "0000", ${due} is due.`);
  });

  it('judges only the length of a line that is too long', () => {
    const long = `=ID,a,1,STEDI,${'M'.repeat(70)},s,1.0,7F3A`;
    expect(rulesOf(frameLine(long))).toEqual(['STL-FRAME-002']);
    expect(readLine(frameLine(long)).meant).not.toHaveProperty('fault');
    expect(rulesOf(`${'#'.padEnd(80)}\r\n`)).toEqual([]);
    expect(rulesOf(`${'#'.padEnd(81)}\r\n`)).toEqual(['STL-FRAME-002']);
  });

  it('lets free text say what it likes, unless it ends like a frame', () => {
    expect(readLine('#a*b, $R,1\r\n')).toMatchObject({
      meant: { kind: 'text', text: 'a*b, $R,1' },
      breaches: [],
    });
    expect(rulesOf('#x*12aB\r\n')).toEqual(['STL-FRAME-009']);
    expect(rulesOf('#x*12aB.\r\n')).toEqual([]);
  });

  it.each([1, 5, 12, LINE.length - 3])(
    'reads the response that interrupts a reading at byte %d, and blames nobody for it',
    (at) => {
      expect(readLine(LINE.slice(0, at) + PONG)).toEqual({
        meant: PONG_MEANT,
        breaches: [],
        isTorn: true,
        isSure: true,
      });
    },
  );

  it('finds torn what has lost bytes, in the middle or at the beginning', () => {
    expect(readLine(LINE.slice(0, 5) + LINE.slice(12))).toMatchObject({
      meant: undefined,
      breaches: [],
      isTorn: true,
    });
    expect(readLine(LINE.slice(4))).toMatchObject({ meant: undefined, breaches: [], isTorn: true });
  });

  it('still reads the lines of a device that has two bugs in each', () => {
    const bytes = '$R,7f3a,1,20,300,0*0000\r\n';
    expect(readLine(bytes).meant).toEqual(READING);
    expect(rulesOf(bytes)).toEqual(['STL-FRAME-008', 'STL-FRAME-003']);
    const lower = frameLine(`${TEXT},0`).toLowerCase().replace('$r,7f3a', '$R,7F3A');
    expect(readLine(lower)).toMatchObject({ meant: READING, isTorn: false });
    expect(rulesOf(lower)).toEqual(['STL-FRAME-007', 'STL-FRAME-004']);
  });

  it('never refuses a reading of which bytes are missing, nor believes its values', () => {
    const content = LINE.slice(0, -2);
    const range = fc.tuple(fc.nat(content.length - 1), fc.integer({ min: 1, max: 10 }));
    fc.assert(
      fc.property(range, ([from, length]) => {
        const bytes = `${content.slice(0, from)}${content.slice(from + length)}\r\n`;
        const { meant, isSure } = readLine(bytes);
        expect(rulesOf(bytes)).not.toContain('STL-FRAME-007');
        expect(isSure ? meant : READING).toEqual(READING);
      }),
      { numRuns: 300 },
    );
  });

  it('reads whatever comes', () => {
    const bytes = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((b) => String.fromCharCode(b)),
    });
    const pieces = fc.constantFrom('$R,', '=ID,', '!', '*', ',', '1', '-', '\r', '\n', '#');
    const lines = fc.array(fc.oneof(bytes, pieces)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(lines, (line) => {
        const { meant, breaches, isTorn } = readLine(line);
        const isExplained = breaches.length > 0 || isTorn || meant !== undefined;
        expect(isExplained || line === '\r').toBe(true);
      }),
    );
  });
});
