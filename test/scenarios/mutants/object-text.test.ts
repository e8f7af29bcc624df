import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  changeRecords,
  changeText,
  isBroken,
  isPacked,
  unpack,
} from '../../../scenarios/mutants/object-text.ts';

const packed = gzipSync('{"x":1}\n{"x":2}\n');
const cut = packed.subarray(0, packed.length - 6);

test('text is unpacked where it is packed, and damage is nothing to be read', () => {
  expect(isPacked(packed)).toBe(true);
  expect(unpack(packed)?.toString()).toBe('{"x":1}\n{"x":2}\n');
  expect(unpack(Buffer.from('plain'))?.toString()).toBe('plain');
  expect(unpack(cut)).toBeUndefined();
});

test('bytes stay as they are where their text does, or cannot be read', () => {
  const upper = changeText((text) => text.replace('x', 'y'));
  const take = (bytes: Buffer): Buffer => upper({ key: 'k', bytes });
  expect(take(Buffer.from('x')).toString()).toBe('y');
  expect(take(packed).toString()).toBe('{"y":1}\n{"x":2}\n');
  for (const bytes of [cut, Buffer.from('a')]) expect(take(bytes)).toBe(bytes);
});

test('records are told apart in lines and behind each other, and broken ones are no JSON', () => {
  const whole = changeRecords((records) => records.filter((record) => !isBroken(record)));
  const take = (text: string): string => whole({ key: 'k', bytes: Buffer.from(text) }).toString();
  expect(take('\uFEFF{"x":1}\r\n{"x":NaN}\r\n{"x":3,"l":[[]]}')).toBe(
    '{"x":1}\n{"x":3,"l":[[]]}\n',
  );
  expect(take('{"x":1}{"x":2,}{"x":3}')).toBe('{"x":1}\n{"x":3}\n');
  const sound = '\uFEFF{"x":1}{"x":2}';
  expect(take(sound)).toBe(sound);
});
