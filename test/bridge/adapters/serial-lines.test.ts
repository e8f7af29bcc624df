import fc from 'fast-check';
import { expect, test } from 'vitest';

import { SerialLines } from '../../../bridge/adapters/serial-lines.ts';
import { MAX_RAW_LINE_BYTES } from '../../../firmware-protocol/index.ts';

function collect(...chunks: readonly string[]): {
  lines: string[];
  discarded: number;
  cut: string;
} {
  const lines: string[] = [];
  let discarded = 0;
  const splitter = new SerialLines(
    (line) => lines.push(line),
    (bytes) => (discarded += bytes),
  );
  for (const chunk of chunks) splitter.push(Buffer.from(chunk, 'latin1'));
  return { lines, discarded, cut: splitter.end() };
}

test('lines come out while their chunk is pushed', () => {
  const lines: string[] = [];
  const splitter = new SerialLines(
    (line) => lines.push(line),
    () => undefined,
  );
  splitter.push(Buffer.from('one\r\ntwo'));
  expect(lines).toEqual(['one\r']);
  splitter.push(Buffer.from('\n'));
  expect(lines).toEqual(['one\r', 'two']);
});

test('a half line at the end is given back, never as a line', () => {
  expect(collect('whole\nhalf')).toEqual({ lines: ['whole'], discarded: 0, cut: 'half' });
});

test('empty lines and bytes above 127 come through as they are', () => {
  expect(collect('\n\r\n\u00e4\u0000\n').lines).toEqual(['', '\r', '\u00e4\u0000']);
});

test('a record of a level 0 device is longer than a framed line and stays whole', () => {
  const record = `{"sensorReadingTime":1655564444103,"serialNumber":"${'0'.repeat(36)}","distanceFromObject":218}`;
  expect(collect(`${record}\r\n`).lines).toEqual([`${record}\r`]);
});

test('of an endless line only its beginning is held', () => {
  const { lines, discarded, cut } = collect(
    ...Array.from({ length: 100 }, () => 'x'.repeat(1_000)),
  );
  expect(lines).toEqual([]);
  expect(cut).toHaveLength(MAX_RAW_LINE_BYTES);
  expect(discarded).toBe(100_000 - MAX_RAW_LINE_BYTES);
});

test('the line after an overlong one comes through whole', () => {
  const { lines } = collect('x'.repeat(MAX_RAW_LINE_BYTES + 1), 'y\nnext\n');
  expect(lines).toEqual(['x'.repeat(MAX_RAW_LINE_BYTES), 'next']);
});

test('lines that a listener pushes come out after those of the chunk at hand', () => {
  const seen: string[] = [];
  const splitter: SerialLines = new SerialLines(
    (line) => {
      seen.push(line);
      if (line === 'outer') splitter.push(Buffer.from('inner\n'));
    },
    () => undefined,
  );
  splitter.push(Buffer.from('outer\nlast\n'));
  expect(seen).toEqual(['outer', 'last', 'inner']);
});

test('lines do not depend on how the stream is cut into chunks', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\r', '\u00ff', '\0'), maxLength: 300 });
  fc.assert(
    fc.property(fc.array(text), text, fc.array(fc.nat(3_000)), (whole, half, cuts) => {
      const stream = whole.map((line) => `${line}\n`).join('') + half;
      const places = [0, ...cuts].sort((a, b) => a - b);
      const chunks = places.map((place, index) => stream.slice(place, places[index + 1]));
      const { lines, cut } = collect(...chunks);
      expect(lines).toEqual(whole.map((line) => line.slice(0, MAX_RAW_LINE_BYTES)));
      expect(cut).toBe(half.slice(0, MAX_RAW_LINE_BYTES));
    }),
  );
});
