import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createCrc32, createCrc32c, createCrc64Nvme } from '../../../simulator/object-store/crc.ts';

describe.each([
  ['CRC-32', createCrc32, 'cbf43926', '00000000'],
  ['CRC-32C', createCrc32c, 'e3069283', '00000000'],
  ['CRC-64/NVME', createCrc64Nvme, 'ae8b14860a799888', '0000000000000000'],
])('%s', (_name, create, checkValue, ofNothing) => {
  it('gives the published check value', () => {
    const crc = create();
    crc.update(Buffer.from('123456789'));
    expect(crc.digest().toString('hex')).toBe(checkValue);
  });

  it('is zero over nothing', () => {
    expect(create().digest().toString('hex')).toBe(ofNothing);
  });

  it('does not depend on how the bytes are cut', () => {
    const bytes = randomBytes(1000);
    const whole = create();
    whole.update(bytes);
    const cut = create();
    for (let start = 0; start < bytes.length; start += 13) {
      cut.update(bytes.subarray(start, start + 13));
    }
    expect(cut.digest()).toEqual(whole.digest());
  });

  it('notices every flipped bit', () => {
    const bytes = Buffer.from('a reading');
    const digests = new Set<string>();
    for (let bit = -1; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes);
      if (bit >= 0) flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const crc = create();
      crc.update(flipped);
      digests.add(crc.digest().toString('hex'));
    }
    expect(digests.size).toBe(bytes.length * 8 + 1);
  });
});

describe('CRC-32C', () => {
  it('gives the value of RFC 3720 appendix B.4 for 32 bytes of 0xFF', () => {
    const crc = createCrc32c();
    crc.update(Buffer.alloc(32, 0xff));
    expect(crc.digest().toString('hex')).toBe('62a8ab43');
  });
});
