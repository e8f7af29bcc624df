import { describe, expect, it } from 'vitest';
import {
  FRAMING_JUDGES,
  isFramed,
  linesOfFormat,
} from '../../../../device-bench/core/judges/framing.ts';
import { BOOT, broken, chances, reading, talk } from './talk.ts';

const LONG_TEXT = `5 < #${'x'.repeat(79)}`;

describe('the judges of the line format', () => {
  it('allow lines of 82 bytes', () => {
    expect(broken(BOOT, LONG_TEXT)).toEqual([]);
    expect(broken(BOOT, `${LONG_TEXT}x`)).toEqual(['STL-FRAME-002']);
  });

  it('count free text for the rules of every line only', () => {
    const count = (rule: keyof typeof FRAMING_JUDGES) => chances(rule, BOOT, '5 < #ready');
    expect([count('STL-FRAME-001'), count('STL-FRAME-003'), count('STL-FRAME-009')]).toEqual([
      2, 1, 1,
    ]);
  });

  it('have no chance without free text, and none without frames', () => {
    expect(FRAMING_JUDGES['STL-FRAME-009'](talk(BOOT)).reason).toBe(
      'the device sends no free text',
    );
    expect(FRAMING_JUDGES['STL-FRAME-001'](talk('5 <! {"a":1}'))).toEqual({
      chances: 0,
      violations: [],
      reason: 'the device sends no framed lines',
    });
  });

  it('hold a breach against its own rule only', () => {
    const hasBreach = (line: string) => broken(BOOT, reading(10, 0), line, reading(30, 2));
    expect(hasBreach('20 <! $R,7F3A,1,20,181,0*0000')).toContain('STL-FRAME-003');
    expect(hasBreach('20 < $R,7F3A,01,20,181,0')).toContain('STL-FRAME-008');
    expect(hasBreach('20 < $R,7F3A,01,20,181,0')).not.toContain('STL-FRAME-007');
  });

  it('leave torn lines and those of an overload to the rules of overload', () => {
    const torn = '20 <! $R,7F3A,1,2$R,7F3A,1,20,181,0*0000';
    expect(linesOfFormat(talk(BOOT, torn)).map(({ bytes }) => bytes)).toHaveLength(1);
    expect(linesOfFormat(talk(BOOT, '5 /overload', reading(20, 0)))).toHaveLength(1);
    const misspelt = ['5 /overload', '20 < $R,7F3A,01,20,181,0'];
    expect(chances('STL-FRAME-008', BOOT, ...misspelt)).toBe(1);
    expect(broken(BOOT, ...misspelt)).not.toContain('STL-FRAME-008');
  });
});

it('a line is framed by what it was meant to be, or by how it begins', () => {
  const { all } = talk(BOOT, '5 < #text', '6 <! $$$', '7 <! hello');
  expect(all.map(isFramed)).toEqual([true, false, true, false]);
});
