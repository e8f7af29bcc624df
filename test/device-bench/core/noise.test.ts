import { describe, expect, it } from 'vitest';
import { countOdd, isNoise } from '../../../device-bench/core/noise.ts';
import { readLine } from '../../../device-bench/core/read-line.ts';
import { frameLine } from '../../../firmware-protocol/framing.ts';

const read = (bytes: string) => ({ bytes, isSure: readLine(bytes).isSure });

describe('isNoise', () => {
  it('counts bytes that are neither printable nor part of a line end', () => {
    expect(countOdd('a\r\n~ ')).toBe(0);
    expect(countOdd('\0\x7f\x80\xff\t')).toBe(5);
  });

  it('takes a fifth of such bytes for text, and more for noise', () => {
    expect(isNoise([read('abcd\xff')])).toBe(false);
    expect(isNoise([read('abc\xff')])).toBe(true);
    expect(isNoise([read('abcd\xff')], '\xff')).toBe(true);
    expect(isNoise([])).toBe(false);
  });

  it('is over with one line whose CRC is right', () => {
    expect(isNoise([read('\xff\xfe\xfd'), read(frameLine('!BOOT,7F3A,PWR'))])).toBe(false);
  });
});
