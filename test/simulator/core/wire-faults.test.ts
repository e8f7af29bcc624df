import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeDeviceLine } from '../../../firmware-protocol/index.ts';
import { WIRE_DAMAGES } from '../../../simulator/core/faults.ts';
import { damageLine } from '../../../simulator/core/wire-faults.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { deviceLines } from '../../properties/stl1-arbitraries.ts';

const BAUD = { sent: 9_600, read: 57_600 };

describe('damageLine', () => {
  it.each(WIRE_DAMAGES)('%s: changes any line, and only into bytes', (damage) => {
    const random = seededStreams(1)(damage);
    fc.assert(
      fc.property(deviceLines, (deviceLine) => {
        const line = encodeDeviceLine(deviceLine);
        const damaged = damageLine(damage, line, { random, baud: BAUD });
        expect(damaged).not.toBe(line);
        expect(damaged.split('').every((byte) => byte <= '\xff')).toBe(true);
      }),
    );
  });

  it.each(WIRE_DAMAGES)('%s: takes whatever an earlier fault has left', (damage) => {
    const random = seededStreams(1)(damage);
    const bytes = fc.array(fc.nat(255), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(bytes, (values) => {
        const text = String.fromCharCode(...values);
        expect(typeof damageLine(damage, text, { random, baud: BAUD })).toBe('string');
      }),
    );
  });

  it.each(WIRE_DAMAGES)('%s: the same draws damage in the same way', (damage) => {
    const twice = [1, 2].map(() =>
      damageLine(damage, '$R,7F3A,0,421,181,0*0D16\r\n', {
        random: seededStreams(7)(damage),
        baud: BAUD,
      }),
    );
    expect(twice[1]).toBe(twice[0]);
  });

  it('knows no difference of speeds unless it is told of one', () => {
    const random = seededStreams(1)('baud');
    expect(damageLine('wrong-baud', 'PING\r\n', { random })).toBe('PING\r\n');
  });
});
