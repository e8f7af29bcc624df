import { expect, test } from 'vitest';
import { sampleByte } from '../../../device-bench/emulator/serial-line.ts';

test.each([0.95, 0.98, 1, 1.02, 1.05])(
  'is right when the clocks differ by a factor of %f',
  (ratio) => {
    for (let byte = 0; byte < 256; byte++) expect(sampleByte(byte, ratio)).toBe(byte);
  },
);

test.each([
  [0x55, 2, 0b1111_1111],
  [0xff, 0.5, 0b1111_1110],
  [0x00, 0.5, 0],
  [0x55, 0.93, 0b1001_0101],
])('reads byte %i from a sender at %f times its baud rate as %i', (byte, ratio, seen) => {
  expect(sampleByte(byte, ratio)).toBe(seen);
});
