import { expect, it } from 'vitest';
import { formatTranscript, TRANSCRIPT_MARK } from '../../../device-bench/report/transcript-text.ts';
import { REPORT, SERIAL, SILENT, TARGET } from './sample-report.ts';

it('has one line per entry, with seconds since the first and every byte readable', () => {
  const text = formatTranscript(REPORT, TARGET);
  expect(text.split('\n')).toEqual([
    TRANSCRIPT_MARK,
    `# /dev/ttyUSB0, 57600 baud, device ${SERIAL}`,
    expect.stringContaining('# seconds') as string,
    '   0.0000  -- greet',
    '   0.1000  <  !BOOT,7F3A,PWR*ABB7\\r\\n',
    '   0.2000  -- stream',
    '   0.2100  >  @k1 START 50*1A2B\\r\\n',
    '   0.2155  <  =OK,k1,START,50*XXXX\\r\\n',
    '   0.2350  <  $R,7F3A,0,421,181,0*0D16\\r\\n',
    '   0.2550  <  $R,7F3A,1,441,181,0*0d16\\r\\n',
    '   0.2750  <  \\x00\\x1b[2J<script>alert("&")</script>]]>\\xff\\r\\n',
    '   2.5000  -- idle',
    '   2.5100  >  PING\\r\\n',
    '   3.0000  !  reset',
    '   3.2000  !  the port went away',
    '',
  ]);
});

it('is in the order of times, and keeps that of entries of one time', () => {
  const transcript = [
    { kind: 'sent', atMs: 5, bytes: 'b\n' },
    { kind: 'sent', atMs: 9, bytes: 'd\n' },
    { kind: 'received', fromMs: 3, atMs: 4, bytes: 'a\r' },
    { kind: 'received', fromMs: 5, atMs: 5, bytes: 'c\n' },
  ] as const;
  const lines = formatTranscript({ ...REPORT, transcript }, TARGET)
    .split('\n')
    .slice(3, -1);
  expect(lines).toEqual([
    '   0.0000  <  a\\r',
    '   0.0010  >  b\\n',
    '   0.0010  <  c\\n',
    '   0.0050  >  d\\n',
  ]);
});

it('says why it ends, also when nothing came', () => {
  const text = formatTranscript(SILENT, { ...TARGET, baudRate: undefined });
  expect(text).toContain('# /dev/ttyUSB0, device unknown\n');
  expect(text).toContain('# stopped: The device sends nothing.\n');
});
