import { expect, it } from 'vitest';
import { describeBreaches, findFindings } from '../../../device-bench/report/finding.ts';
import { formatExcerpt, tellFinding } from '../../../device-bench/report/finding-text.ts';
import { RULES } from '../../../firmware-protocol/index.ts';
import { CLEAN, FAILED_IDS, REPORT } from './sample-report.ts';

const [CRC, , PING] = findFindings(REPORT);

it('there is one for each broken rule', () => {
  expect(findFindings(REPORT).map(({ id }) => id)).toEqual(FAILED_IDS);
  expect(findFindings(CLEAN)).toEqual([]);
});

it('the likely cause stands first: framing, boot, identity, counters, then commands and streams', () => {
  const rules = REPORT.rules.map((rule) => ({ ...rule, verdict: 'failed' as const }));
  const areas = findFindings({ ...REPORT, rules }).map(({ id }) => id.split('-')[1]);
  expect([...new Set(areas)].join(' ')).toBe(
    'RAW FRAME BOOT IDENT SEQ TICK CMD ERR STREAM OVER SYNC',
  );
});

it('each says what was found and due, how often, and what the twin said instead', () => {
  expect(CRC).toMatchObject({
    must: RULES['STL-FRAME-004'].must,
    messages: ['The CRC is written 0d16, due is 0D16.', 'There is no CRC.'],
    difference: {
      act: 'stream',
      device: '$R,7F3A,1,441,181,0*0d16\\r\\n',
      twin: '$R,7F3A,1,441,181,0*0D16\\r\\n',
    },
  });
  expect(CRC && describeBreaches(CRC)).toBe('broken 2 times at 40 chances');
  expect(PING && describeBreaches(PING)).toBe('broken once at 3 chances');
  expect(PING?.difference).toMatchObject({ device: '(nothing)', twin: '=OK,,PING,*1234\\r\\n' });
});

it('repeats no message, and stops after three', () => {
  const violations = [1, 1, 2, 3, 4].map((n) => ({ entry: 5, message: `Message ${n}.` }));
  const rules = REPORT.rules.map((rule) => ({ ...rule, violations }));
  const [finding] = findFindings({ ...REPORT, rules });
  expect(finding?.messages).toEqual(['Message 1.', 'Message 2.', 'Message 3.']);
  expect(finding?.breaches).toBe(5);
});

it('is told in plain lines', () => {
  expect(CRC && tellFinding(CRC)).toEqual([
    'STL-FRAME-004 The CRC is four upper-case digits (L1), broken 2 times at 40 chances',
    RULES['STL-FRAME-004'].must,
    '- The CRC is written 0d16, due is 0D16.',
    '- There is no CRC.',
    '',
    'At 0.255 s, in act "stream":',
    '    -45.0 ms sent     @k1 START 50*1A2B\\r\\n',
    '    -39.5 ms received =OK,k1,START,50*XXXX\\r\\n',
    '    -20.0 ms received $R,7F3A,0,421,181,0*0D16\\r\\n',
    '>       0 ms received $R,7F3A,1,441,181,0*0d16\\r\\n',
    expect.stringContaining('+20.0 ms received \\x00\\x1b[2J<script>') as string,
    '',
    'First difference from the virtual twin, in act "stream":',
    '  device  $R,7F3A,1,441,181,0*0d16\\r\\n',
    '  twin    $R,7F3A,1,441,181,0*0D16\\r\\n',
    '',
    `Hint: ${RULES['STL-FRAME-004'].hint}`,
  ]);
});

it('tells what is allowed, where a rule says so', () => {
  const rules = REPORT.rules.map((rule) =>
    rule.id === 'STL-FRAME-006' ? { ...rule, verdict: 'failed' as const } : rule,
  );
  const finding = findFindings({ ...REPORT, rules }).find(({ id }) => id === 'STL-FRAME-006');
  expect(finding && tellFinding(finding)).toContain('Allowed: LF without CR is accepted.');
});

it('says how many lines an excerpt leaves out', () => {
  const line = { kind: 'sent', offsetMs: -1, text: 'x', isSubject: false, skipped: 7 } as const;
  expect(formatExcerpt({ act: 'a', atMs: 0, lines: [line] })[1]).toBe('    ... 7 more');
});

it('tells the times where a device says the same as its twin', () => {
  const times = { what: 'from reading to reading', deviceMs: 55.04, twinMs: 50 } as const;
  const departure = { act: 'stream', entry: 6, expected: 'x', times };
  const rules = REPORT.rules.map((rule) => ({ ...rule, departure }));
  expect(findFindings({ ...REPORT, rules })[0]?.difference).toEqual({
    act: 'stream',
    device: '55 ms from reading to reading',
    twin: '50 ms from reading to reading',
  });
});
