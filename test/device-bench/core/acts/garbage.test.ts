import { expect, it } from 'vitest';
import { drawGarbage } from '../../../../device-bench/core/acts/garbage.ts';
import { decodeHostCommand } from '../../../../firmware-protocol/index.ts';

const DRAWN = Array.from({ length: 200 }, (_, seed) => drawGarbage(`seed/${seed}`));

it('garbage is the same for the same seed, and another for another', () => {
  expect(drawGarbage('seed/7')).toBe(DRAWN[7]);
  expect(new Set(DRAWN).size).toBe(DRAWN.length);
});

it('garbage has no line end and no CRC, and is to be refused for its bytes', () => {
  for (const bytes of DRAWN) {
    expect(bytes).toMatch(/^[^\n*]*\x80$/);
    expect(bytes.length).toBeGreaterThan(8);
    expect(bytes.length).toBeLessThanOrEqual(56);
    expect(decodeHostCommand(bytes)).toMatchObject({ kind: 'rejected', tag: '', code: 2 });
  }
});
