import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatCheck } from '../../../device-bench/report/check-summary.ts';
import { columnsOfText } from '../../../presentation/index.ts';
import { CLEAN, FAILED_IDS, REPORT, SERIAL, SILENT, TARGET } from './sample-report.ts';

const PLAIN = { color: false, width: 80 };

describe('the outcome on a terminal', () => {
  const text = formatCheck(REPORT, TARGET, PLAIN);

  it('tells each broken rule with what was found, the bytes, the twin and the hint', () => {
    const heads = text.split('\n').filter((line) => line.startsWith('FAILED '));
    expect(heads.map((head) => head.split(/ +/)[1])).toEqual(FAILED_IDS);
    expect(text).toContain('  - The CRC is written 0d16, due is 0D16.\n');
    expect(text).toContain('\n      -45.0 ms sent     @k1 START 50*1A2B\\r\\n\n');
    expect(text).toContain('\n  >       0 ms received $R,7F3A,1,441,181,0*0d16\\r\\n\n');
    expect(text).toContain('\n    twin    $R,7F3A,1,441,181,0*0D16\\r\\n\n');
    expect(text).toContain('\n  Hint: Use "%04X"');
  });

  it('then what was not tested, by its reason', () => {
    expect(text).toContain(
      'Not tested\n  - the device has no option <SYNC>:\n    STL-RAW-001 STL-SYNC-001 STL-SYNC-002\n',
    );
  });

  it('and ends with the facts and the verdict', () => {
    expect(text.slice(text.indexOf('\nPort'))).toBe(
      [
        '',
        'Port    /dev/ttyUSB0 at 57600 baud',
        `Device  ${SERIAL}`,
        'Model   ST-1, firmware 1.0.0',
        'Rules   54 passed, 3 failed, 3 not tested',
        'Level   L0 reached, L3 asked for',
        '',
        'ST-1 1f3a0000 breaks 3 rules of STL/1.',
      ].join('\n'),
    );
  });

  it('wraps sentences, and never bytes', () => {
    const narrow = formatCheck(REPORT, TARGET, { color: false, width: 40 });
    expect(narrow).toContain('=OK,k1,START,50*XXXX\\r\\n');
    const sentences = narrow.split('\n').filter((line) => !/ ms |\\r/.test(line));
    expect(Math.max(...sentences.map(columnsOfText))).toBeLessThanOrEqual(40);
  });

  it('has colours only where they are wanted, and lets nothing move the cursor', () => {
    expect(text).toMatch(/^[ -~\n]*$/);
    const coloured = formatCheck(REPORT, TARGET, { color: true, width: 80 });
    expect(coloured).toContain('\u001B[1;31mFAILED STL-FRAME-004');
    expect(stripVTControlCharacters(coloured)).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it('is short when all is well', () => {
    const clean = formatCheck(CLEAN, TARGET, PLAIN);
    expect(clean).not.toMatch(/FAILED|Not tested/);
    expect(clean).toMatch(/keeps STL\/1 at level L3: 60 rules passed\.$/);
  });

  it('does not list sixty rules when nobody was there', () => {
    const silent = formatCheck(SILENT, TARGET, PLAIN);
    expect(silent).not.toContain('STL-FRAME');
    expect(silent).toContain('Stopped  The device sends nothing.');
    expect(silent).toMatch(/The check could not be finished\.$/);
  });

  it('says that a device goes on streaming', () => {
    const streaming = { ...CLEAN, keptStreaming: 'It still sends.' };
    expect(formatCheck(streaming, TARGET, PLAIN)).toContain('Left    It still sends.');
  });
});
