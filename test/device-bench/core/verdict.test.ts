import { describe, expect, it } from 'vitest';
import type { KitReport, RuleResult } from '../../../device-bench/core/kit-report.ts';
import type { Transcript } from '../../../device-bench/core/transcript.ts';
import { judgeTranscript } from '../../../device-bench/core/verdict.ts';
import type { Circumstances } from '../../../device-bench/core/verdict.ts';
import { RULE_IDS } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';
import { tellTranscript } from './told-transcript.ts';

const USUAL: Circumstances = { level: 'L3', byteMs: 0, stopped: undefined, keptStreaming: false };

function judge(lines: readonly string[], circumstances: Partial<Circumstances> = {}): KitReport {
  return judgeTranscript(tellTranscript(...lines), { ...USUAL, ...circumstances });
}

const resultOf = ({ rules }: KitReport, id: RuleId): RuleResult | undefined =>
  rules.find((rule) => rule.id === id);

const GREET = ['/greet', '!BOOT,7F3A,PWR', '/identify'];
const ID = ['> @a ID?', '=ID,a,1,STEDI,ST-1,00000000-0000-4000-8000-000000000001,1.0,7F3A'];
const CAPS = ['> @b CAPS?', '=CAPS,b,R200,REBOOT'];
const GOOD = [...GREET, ...ID, ...CAPS];
const RECORD = '{"sensorReadingTime":1655564444103,"serialNumber":"07","distanceFromObject":9}';
const RECORDS = ['/greet', '+500', RECORD, '+500', RECORD, '/records', '+500', RECORD];

describe('judgeTranscript', () => {
  it('has one result for each rule, with a reason where it could not be tested', () => {
    const { rules, verdict, transcript } = judge(GOOD);
    expect(rules.map(({ id }) => id)).toEqual(RULE_IDS);
    const untested = rules.filter((rule) => rule.verdict === 'not-tested');
    expect(untested.length).toBeGreaterThan(0);
    expect(untested.every(({ reason, chances }) => reason !== undefined && chances === 0)).toBe(
      true,
    );
    expect(verdict).toBe('passed');
    expect(transcript).toEqual(tellTranscript(...GOOD));
  });

  it('keeps a transcript that cannot be judged at all, and says so for each rule', () => {
    const broken = [{ kind: 'received', fromMs: 0, atMs: 0 } as Transcript[number]];
    const { rules, verdict, level, crashed, transcript, device } = judgeTranscript(broken, USUAL);
    expect(crashed).toMatch(/^The transcript could not be judged \(TypeError: .*\)\.$/);
    expect([verdict, level, transcript, device.serial]).toEqual([
      'failed',
      undefined,
      broken,
      undefined,
    ]);
    expect(rules.map(({ id }) => id)).toEqual(RULE_IDS);
    const reason = expect.stringMatching(/could not be judged .* a defect of STEDI/) as string;
    for (const rule of rules) expect(rule).toMatchObject({ verdict: 'not-tested', reason });
  });

  it('says who was tested, as far as it told', () => {
    const { device } = judge(GOOD);
    expect(device).toEqual({
      serial: '00000000-0000-4000-8000-000000000001',
      model: 'ST-1',
      firmware: '1.0',
    });
    expect(judge(GREET).device).toEqual({
      serial: undefined,
      model: undefined,
      firmware: undefined,
    });
  });

  it('fails what was stopped, and says when the device kept streaming', () => {
    const stopped = judge(GOOD, { stopped: 'The port has gone away.' });
    expect([stopped.verdict, stopped.stopped]).toEqual(['failed', 'The port has gone away.']);
    expect(judge(GOOD)).not.toHaveProperty('stopped');
    expect(judge(GOOD)).not.toHaveProperty('keptStreaming');
    expect(judge(GOOD, { keptStreaming: true }).keptStreaming).toMatch(/after the last STOP/);
  });
});

describe('the level', () => {
  it('ends below the first one of which a rule is broken', () => {
    expect(judge(GOOD).level).toBe('L2');
    const late = judge([...GOOD, '/errors', '> @c JUMP', '=ERR,c,4']);
    expect([late.verdict, late.level]).toEqual(['failed', 'L1']);
    const misspelt = judge([...GOOD, '#text*12AB']);
    expect([misspelt.verdict, misspelt.level]).toEqual(['failed', undefined]);
  });

  it('is 0 for bare records, and for these only', () => {
    const raw = judge(RECORDS);
    expect([raw.verdict, raw.level]).toEqual(['passed', 'L0']);
    expect(resultOf(raw, 'STL-FRAME-001')?.reason).toBe('the device sends bare records');
    expect(judge(['/greet']).level).toBeUndefined();
    expect(judge(['/greet', '#hello', '> @a ID?']).level).toBeUndefined();
  });
});

describe('a rule is not tested', () => {
  it('when its level was not asked for, even where it is broken', () => {
    const broken = [...GOOD, '/errors', '> @c JUMP', '=ERR,c,4'];
    expect(resultOf(judge(broken), 'STL-ERR-004')?.verdict).toBe('failed');
    const { verdict, rules } = judge(broken, { level: 'L1' });
    expect(verdict).toBe('passed');
    expect(rules.find(({ id }) => id === 'STL-ERR-004')).toMatchObject({
      verdict: 'not-tested',
      reason: 'level L2 was not asked for',
      violations: [],
    });
  });

  it('when the device answers no command', () => {
    const deaf = judge([...GREET, '> @a ID?', '+1250', '> @b ID?', '+1250', '#text']);
    expect(deaf.level).toBe('L1');
    expect(resultOf(deaf, 'STL-CMD-002')).toMatchObject({
      verdict: 'not-tested',
      reason: 'the device answers no command',
    });
    expect(resultOf(judge(GOOD), 'STL-CMD-002')?.verdict).toBe('passed');
  });

  it('when its option is not offered, unless it is seen to be broken', () => {
    const without = [...GREET, ...ID, '> @b CAPS?', '=CAPS,b,R200,'];
    const wrapping = ['/stream', '> @c START 5', '=OK,c,START,5', '$R,7F3A,65535,100,1,0'];
    const right = judge([...without, ...wrapping, '+190', '$R,7F3A,0,300,1,0']);
    expect(resultOf(right, 'STL-SEQ-002')).toMatchObject({
      verdict: 'not-tested',
      reason: 'the device does not offer the option REBOOT',
    });
    const wrong = judge([...without, ...wrapping, '+190', '$R,7F3A,65536,300,1,0']);
    expect(resultOf(wrong, 'STL-SEQ-002')?.verdict).toBe('failed');
  });
});
