import { describe, expect, it } from 'vitest';
import { drawBootId } from '../../../simulator/core/boot-id.ts';
import { scriptedRandom } from './scripted-random.ts';

describe('drawBootId', () => {
  it.each([
    [0, undefined, '0000'],
    [0, 'FFFF', '0000'],
    [0x7f3a / 0x1_0000, undefined, '7F3A'],
    [0x0a / 0x1_0000, undefined, '000A'],
    [0.999999, undefined, 'FFFF'],
    [0, '0000', '0001'],
    [0x09ff / 0x1_0000, '09FF', '0A00'],
    [0.999999, 'FFFF', '0000'],
  ])('a draw of %d after the boot %s gives %s', (draw, before, boot) => {
    expect(drawBootId(scriptedRandom(draw), before)).toBe(boot);
  });

  it('takes one draw, so that a coincidence shifts no later one', () => {
    const random = scriptedRandom(0, 0.5);
    drawBootId(random, '0000');
    expect(random.next()).toBe(0.5);
  });
});
