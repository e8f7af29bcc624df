import { describe, expect, it } from 'vitest';
import { ruleBrokenBy } from '../../firmware-protocol/broken-rule.ts';
import { decodeDeviceLine } from '../../firmware-protocol/device-lines.ts';
import { withCrc } from './reference-frame.ts';

const READING = '$R,7F3A,0,421,181,0*0D16';

describe('ruleBrokenBy', () => {
  // The corpus of nasty lines and the example conversations have many more.
  it.each([
    ['', 'STL-FRAME-001'],
    ['hello', 'STL-FRAME-001'],
    ['x'.repeat(81), 'STL-FRAME-002'],
    ['\xff'.repeat(81), 'STL-FRAME-002'],
    [`\0${READING}`, 'STL-FRAME-005'],
    [`\r${READING}`, 'STL-FRAME-006'],
    [`\r\0${READING}`, 'STL-FRAME-005'],
    [`#${READING}`, 'STL-FRAME-009'],
    ['$R,7F3A,0,421,181,0', 'STL-FRAME-003'],
    ['$R,7F3A,0,421,181,0*D16', 'STL-FRAME-004'],
    ['$R,7F3A,0,421,181,0*0d16', 'STL-FRAME-004'],
    ['$R,7F3A,0,421,181,0*0d17', 'STL-FRAME-003'],
    [READING + READING, 'STL-OVER-001'],
    ['$R,7F3A,0,421,181,0*0D1' + READING.slice(1), 'STL-FRAME-003'],
    [withCrc('$R,7F3A,0,421,181'), 'STL-FRAME-007'],
    [withCrc('$R,7F3A,00,421,181,0'), 'STL-FRAME-008'],
    [withCrc('$R,7F3A,00,421,181'), 'STL-FRAME-007'],
    [withCrc('$R,7F3A,65536,421,181,0'), 'STL-SEQ-002'],
    [withCrc('$R,7F3A,65536,4294967296,181,0'), 'STL-FRAME-007'],
    [withCrc('$R,7F3A,0,4294967296,181,0'), 'STL-TICK-002'],
    [withCrc('!HB,7F3A,4294967296'), 'STL-TICK-002'],
    [withCrc('!HB,7F3A,soon'), 'STL-FRAME-007'],
    [withCrc('!BOOT,7F3A,why?'), 'STL-FRAME-007'],
    [withCrc('!HB'), 'STL-FRAME-007'],
    [withCrc('=SYNC,8,1,2'), 'STL-SYNC-001'],
    [withCrc('=SYNC,8,one,2,3'), 'STL-FRAME-007'],
    [withCrc('=CAPS,2,R0,'), 'STL-IDENT-004'],
    [withCrc('=ID,1,2'), 'STL-IDENT-001'],
    [withCrc('=ID,1,1,STEDI,ST-1,42,1.4.2,7F3A'), 'STL-IDENT-002'],
  ])('%j breaks %s', (line, rule) => {
    expect(decodeDeviceLine(line)).toMatchObject({ kind: 'rejected', rule });
  });

  it('goes by the reason first', () => {
    expect(ruleBrokenBy(READING, 'too-long')).toBe('STL-FRAME-002');
    expect(ruleBrokenBy(READING, 'bad-crc')).toBe('STL-FRAME-004');
  });
});
