import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashBytes } from '../../../bridge/core/payload-hash.ts';

describe('hashBytes', () => {
  it('is a whole number of at most 53 bits that depends on the bytes and the seed alone', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.maxSafeNat(), (bytes, seed) => {
        const hash = hashBytes(bytes, { seed });
        expect(Number.isSafeInteger(hash) && hash >= 0).toBe(true);
        expect(hashBytes(Uint8Array.from(bytes), { seed })).toBe(hash);
        const framed = Uint8Array.from([1, ...bytes, 2]);
        expect(hashBytes(framed, { from: 1, to: framed.length - 1, seed })).toBe(hash);
      }),
    );
  });

  it('tells payloads apart that differ in a little', () => {
    const hashes = new Set<number>();
    let made = 0;
    for (let timeStamp = 0; timeStamp < 20_000; timeStamp++) {
      for (const x of [-1, 0, 1]) {
        hashes.add(hashBytes(Buffer.from(`{"user":"a@x","timeStamp":${timeStamp},"x":${x}}`)));
        made++;
      }
    }
    for (let length = 0; length < 200; length++) {
      hashes.add(hashBytes(new Uint8Array(length)));
      made++;
    }
    expect(hashes.size).toBe(made);
  });

  it('tells seeds apart, beyond 32 bits too', () => {
    const seeds = [0, 1, 2, 65_535, 65_536, 2 ** 32, 2 ** 32 + 1, 2 ** 33, 2 ** 53 - 1];
    const hashes = seeds.map((seed) => hashBytes(Buffer.from('7f3a0001'), { seed }));
    expect(new Set(hashes).size).toBe(seeds.length);
  });

  it('changes about half of its bits with every bit of the bytes', () => {
    const bytes = Buffer.from('{"user":"a@x","session":"s","seq":0}');
    const before = BigInt(hashBytes(bytes));
    let changed = 0;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const other = Uint8Array.from(bytes);
      other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7));
      const flipped = (before ^ BigInt(hashBytes(other))).toString(2);
      changed += flipped.replaceAll('0', '').length;
    }
    expect(changed / (bytes.length * 8)).toBeGreaterThan(24);
    expect(changed / (bytes.length * 8)).toBeLessThan(29);
  });
});
