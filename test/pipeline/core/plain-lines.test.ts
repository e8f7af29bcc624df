import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LandingTableName } from '../../../pipeline/core/catalog.ts';
import { PlainLines } from '../../../pipeline/core/plain-lines.ts';
import { customer } from '../lake.ts';

const LINE = '{"user":"a@x","timestamp":1655564444103,"x":1.0,"y":-1.0,"z":0}';

/** One for each table, because each takes memory. */
const made = new Map<LandingTableName, PlainLines>();

function linesOf(table: LandingTableName): PlainLines {
  const forget = (): void => lines.scan.rollBack(lines.scan.start);
  const lines = made.get(table) ?? new PlainLines(table, { isUtf8, onFull: forget });
  made.set(table, lines);
  forget();
  lines.begin();
  return lines;
}

const read = (
  text: string,
  table: LandingTableName = 'accelerometer_landing',
  chunkBytes = Infinity,
): PlainLines | undefined => {
  const lines = linesOf(table);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    lines.push(bytes.subarray(at, Math.min(bytes.length, at + chunkBytes)));
  }
  return lines.end() ? lines : undefined;
};

const count = (text: string, table?: LandingTableName, chunkBytes?: number): number | undefined =>
  read(text, table, chunkBytes)?.lines;

describe('plain lines', () => {
  it('are counted, with either line end and with or without the last one', () => {
    expect(count(`${LINE}\n${LINE}`)).toBe(2);
    expect(count(`${LINE}\r\n${LINE}\r\n`)).toBe(2);
    expect(
      count(
        '{"sensorReadingTime":1,"serialNumber":"s","distanceFromObject":2}',
        'step_trainer_landing',
      ),
    ).toBe(1);
  });

  it('may have their keys in any one order, spelling and spacing', () => {
    const other = '{ "timeStamp": 5, "z":0.25,"y":3,\t"x":-7 , "user": "b" }';
    expect(count(`${other}\n${other}\n`)).toBe(2);
    expect(count(`${LINE}\n${other}\n`)).toBe(2);
    expect(count(`${LINE}\n${other.replace('timeStamp', 'timestamp')}\n`)).toBe(2);
  });

  it.each([
    ['a number in quotes', LINE.replace('1.0', '"1.0"')],
    ['a boolean', LINE.replace('1.0', 'true')],
    ['NaN', LINE.replace('1.0', 'NaN')],
    ['an exponent', LINE.replace('1.0', '1e400')],
    ['a leading zero', LINE.replace('1.0', '01.0')],
    ['null', LINE.replace('1.0', 'null')],
    ['a trailing comma', LINE.replace('}', ',}')],
    ['a fraction of a ms', LINE.replace('4103', '4103.5')],
    ['a negative date', LINE.replace(':165', ':-165')],
    ['a date with 15 digits', LINE.replace(':165', ':99165')],
    ['an escape', LINE.replace('a@x', String.raw`\u0061@x`)],
    ['an empty text', LINE.replace('a@x', '')],
    ['text behind the object', `${LINE} x`],
    ['two objects in a line', LINE + LINE],
    ['a blank line', `\n${LINE}`],
    ['a byte order mark', `\uFEFF${LINE}`],
    ['a missing key', LINE.replace(',"z":0', '')],
    ['a further key', LINE.replace('"z"', '"w":1,"z"')],
    ['a key twice', LINE.replace('"z"', '"x":1,"z"')],
    ['a key in both spellings', LINE.replace('"z"', '"timeStamp":1,"z"')],
  ])('are not those with %s', (_, line) => {
    expect(line).not.toBe(LINE);
    expect(count(`${LINE}\n${line}\n`)).toBeUndefined();
    expect(count(`${line}\n`)).toBeUndefined();
  });

  it('may lack what may be absent, line by line', () => {
    const { shareWithResearchAsOfDate: _, ...bare } = customer('b@x');
    const lines = [customer('a@x'), bare, customer('c@x', { serialNumber: null, phone: '' })];
    const text = lines.map((line) => JSON.stringify(line)).join('\n');
    expect(count(`${text}\n${text}`, 'customer_landing')).toBe(6);
    expect(count(JSON.stringify(customer('')), 'customer_landing')).toBeUndefined();
    const { email: __, ...nobody } = customer('a@x');
    expect(count(JSON.stringify(nobody), 'customer_landing')).toBeUndefined();
  });

  it('are the same in chunks of any length, and one that is not plain is found in each place', () => {
    const lines = Array.from({ length: 40 }, (_, index) =>
      LINE.replace('444103', `${444103 + index}`),
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(39), (chunkBytes, at) => {
        const text = lines.join('\n');
        expect(count(text, 'accelerometer_landing', chunkBytes)).toBe(40);
        const broken = lines.with(at, LINE.replace('-1.0', 'NaN')).join('\n');
        expect(count(broken, 'accelerometer_landing', chunkBytes)).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });

  it('are not those of bytes that are no UTF-8', () => {
    const lines = linesOf('accelerometer_landing');
    expect(lines.push(Buffer.from(`${LINE.replace('a@x', 'aÿx')}\n`, 'latin1'))).toBe(false);
    expect(count(LINE.replace('a@x', 'aÿx'))).toBe(1);
  });

  it('are looked for anew in each object, however many layouts the ones before had', () => {
    const gaps = Array.from({ length: 65 }, (_, gap) => LINE.replace(',', `,${' '.repeat(gap)}`));
    expect(count(gaps.slice(0, 64).join('\n'))).toBe(64);
    expect(count(gaps.join('\n'))).toBeUndefined();
    expect(count(gaps.slice(1).join('\n'))).toBe(64);
  });

  it('are made room for when there are many, or many long texts', () => {
    let rows = 0;
    const lines = new PlainLines('accelerometer_landing', {
      isUtf8,
      onFull: () => {
        rows += lines.scan.rows;
        lines.scan.rollBack(lines.scan.start);
      },
    });
    lines.begin();
    expect(lines.push(Buffer.from(`${LINE}\n`.repeat(300_000)))).toBe(true);
    expect(rows).toBeGreaterThanOrEqual(245_760);
    const long = `${LINE.replace('a@x', 'é'.repeat(500_000))}\n`;
    expect(lines.push(Buffer.from(long.repeat(30)))).toBe(true);
    expect([lines.end(), lines.lines, rows + lines.scan.rows]).toEqual([true, 300_030, 300_030]);
    expect(count(long.replace('é', 'é'.repeat(30_000)))).toBeUndefined();
  });

  it('are always JSON', () => {
    const number = fc.stringMatching(/^-?[0-9]{1,3}(\.[0-9]{0,3})?(e[0-9])?$/);
    const user = fc.stringMatching(/^"[ -~\t]{1,4}"$/);
    let plain = 0;
    fc.assert(
      fc.property(user, number, number, (user, timestamp, x) => {
        const line = `{"user":${user},"timestamp":${timestamp},"x":${x},"y":0,"z":0}`;
        // The first line makes the layout; the second is compared with it, byte by byte.
        if (count(`${LINE}\n${line}`) === undefined) return;
        plain++;
        expect(() => JSON.parse(line) as unknown).not.toThrow();
      }),
      { numRuns: 6_000 },
    );
    expect(plain).toBeGreaterThan(20);
  });
});
