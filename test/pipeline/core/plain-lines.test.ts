import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LandingTableName } from '../../../pipeline/core/catalog.ts';
import { countPlainLines, plainShapeOf } from '../../../pipeline/core/plain-lines.ts';
import { customer } from '../lake.ts';

const LINE = '{"user":"a@x","timestamp":1655564444103,"x":1.0,"y":-1.0,"z":0}';

const count = (
  text: string,
  table: LandingTableName = 'accelerometer_landing',
): number | undefined => {
  const shape = plainShapeOf(table, text.split('\n')[0] ?? '');
  return shape && countPlainLines(shape, text);
};

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
    expect(plainShapeOf('accelerometer_landing', other)?.spellings).toMatchObject({
      timeStamp: 'timeStamp',
    });
    expect(plainShapeOf('accelerometer_landing', LINE)?.spellings).toMatchObject({
      timeStamp: 'timestamp',
    });
    expect(count(`${LINE}\n${other}\n`)).toBeUndefined();
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

  it('do not occur where columns may be absent', () => {
    expect(count(JSON.stringify(customer('a@x')), 'customer_landing')).toBeUndefined();
  });

  it('are always JSON', () => {
    const number = fc.stringMatching(/^-?[0-9]{1,3}(\.[0-9]{0,3})?(e[0-9])?$/);
    const user = fc.stringMatching(/^"[ -~\t]{1,4}"$/);
    const shape = plainShapeOf('accelerometer_landing', LINE);
    let plain = 0;
    fc.assert(
      fc.property(user, number, number, (user, timestamp, x) => {
        const line = `{"user":${user},"timestamp":${timestamp},"x":${x},"y":0,"z":0}`;
        if (!shape || countPlainLines(shape, line) === undefined) return;
        plain++;
        expect(() => JSON.parse(line) as unknown).not.toThrow();
      }),
      { numRuns: 6_000 },
    );
    expect(plain).toBeGreaterThan(20);
  });
});
