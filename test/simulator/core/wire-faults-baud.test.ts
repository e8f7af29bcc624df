import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prependBootGarbage, readAtWrongBaud } from '../../../simulator/core/wire-faults-baud.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';

const EVERY_BYTE = String.fromCharCode(...Array.from({ length: 256 }, (_, byte) => byte));
const bytes = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 90 })
  .map((values) => String.fromCharCode(...values));

describe('a receiver of another speed', () => {
  it.each([
    // 8N1 sends U (0x55) as 0101010101. Each bit is two of the receiver's: 0 01100110 0, no stop bit. It goes on at the
    // next falling edge, in the middle: 0 01100111 1.
    ['half as fast: U', '\x55', { sent: 4_800, read: 9_600 }, '\0\xe6'],
    // All ones but the start bit: one byte of ones, the start bit being two bits long.
    ['half as fast: 0xFF', '\xff', { sent: 4_800, read: 9_600 }, '\xfe'],
    // Nine zeros are eighteen of the receiver's: a byte of zeros without a stop bit, then idle.
    ['half as fast: NUL', '\x00', { sent: 4_800, read: 9_600 }, '\x00'],
    // Of 0000011111 the receiver sees every second bit: 0, 0, and then ones.
    ['twice as fast: 0xF0', '\xf0', { sent: 19_200, read: 9_600 }, '\xfe'],
    ['nothing', '', { sent: 4_800, read: 9_600 }, ''],
  ])('reads %s', (_what, sent, baud, received) => {
    expect(readAtWrongBaud(sent, baud)).toBe(received);
  });

  it('of the same speed reads what was sent', () => {
    expect(readAtWrongBaud(EVERY_BYTE, { sent: 57_600, read: 57_600 })).toBe(EVERY_BYTE);
    fc.assert(
      fc.property(bytes, (sent) => {
        expect(readAtWrongBaud(sent, { sent: 9_600, read: 9_600 })).toBe(sent);
      }),
    );
  });

  it.each([0.97, 0.98, 1.02, 1.03])(
    'that is off by little, as a factor %d, reads it as well',
    (factor) => {
      fc.assert(
        fc.property(bytes, (sent) => {
          expect(readAtWrongBaud(sent, { sent: 9_600, read: 9_600 * factor })).toBe(sent);
        }),
      );
    },
  );

  it.each([0.9, 1.1])('that is off by a factor %d reads most bytes wrong', (factor) => {
    const read = readAtWrongBaud(EVERY_BYTE, { sent: 9_600, read: 9_600 * factor });
    const right = read.split('').filter((byte, index) => byte === EVERY_BYTE[index]).length;
    expect(right).toBeLessThan(64);
  });

  it('always ends, with about as many bytes as there were bits for', () => {
    const speeds = fc.constantFrom(1_200, 9_600, 57_600, 74_880, 115_200, 921_600);
    fc.assert(
      fc.property(bytes, speeds, speeds, (sent, from, to) => {
        const received = readAtWrongBaud(sent, { sent: from, read: to });
        // A byte takes the receiver at least nine and a half of its bits.
        expect(received.length).toBeLessThanOrEqual((sent.length * 10 * to) / from / 9.5 + 1);
        expect(received.split('').every((byte) => byte <= '\xff')).toBe(true);
      }),
    );
  });
});

describe('prependBootGarbage', () => {
  const BOOT = '!BOOT,7F3A,PWR*ABB7\r\n';

  it('puts what a ROM writes at its own speed in front of the line', () => {
    const random = seededStreams(1)('rom');
    const garbage = prependBootGarbage(BOOT, random, { sent: 74_880, read: 57_600 });
    expect(garbage.endsWith(BOOT)).toBe(true);
    expect(garbage.length).toBeGreaterThan(BOOT.length + 20);
    expect(garbage).not.toContain('ROM');
  });

  it('shows the text of the ROM at the right speed, each time another', () => {
    const random = seededStreams(1)('rom');
    const texts = [1, 2].map(() => prependBootGarbage(BOOT, random, { sent: 9_600, read: 9_600 }));
    expect(texts[0]).toMatch(
      /^ROM 2\.1 cause \d\r\nload \d{4} bytes sum [0-9a-f]{4}\r\nrun\r\n!BOOT/,
    );
    expect(texts[1]).not.toBe(texts[0]);
  });
});
