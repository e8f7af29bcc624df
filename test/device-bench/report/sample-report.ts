/** A report with a bit of everything: passed, failed and untested rules, odd bytes, a twin that said something else. */
import type {
  CheckTarget,
  KitReport,
  RuleResult,
  Transcript,
} from '../../../device-bench/index.ts';
import { RULE_IDS, RULES } from '../../../firmware-protocol/index.ts';
import type { RuleId } from '../../../firmware-protocol/index.ts';

export const SERIAL = '1f3a0000-0000-4000-8000-000000000001';

export const TARGET: CheckTarget = {
  port: '/dev/ttyUSB0',
  baudRate: 57_600,
  level: 'L3',
  isLevelDemanded: true,
};

function received(atMs: number, bytes: string): Transcript[number] {
  return { kind: 'received', fromMs: atMs - 2, atMs, bytes };
}

/** Times begin at 1000, as those of a clock that was not started for the kit. */
export const TRANSCRIPT: Transcript = [
  { kind: 'act', atMs: 1_000, name: 'greet' },
  received(1_100, '!BOOT,7F3A,PWR*ABB7\r\n'),
  { kind: 'act', atMs: 1_200, name: 'stream' },
  { kind: 'sent', atMs: 1_210, bytes: '@k1 START 50*1A2B\r\n' },
  received(1_215.5, '=OK,k1,START,50*XXXX\r\n'),
  received(1_235, '$R,7F3A,0,421,181,0*0D16\r\n'),
  received(1_255, '$R,7F3A,1,441,181,0*0d16\r\n'),
  received(1_275, '\u0000\u001B[2J<script>alert("&")</script>]]>\u00FF\r\n'),
  { kind: 'act', atMs: 3_500, name: 'idle' },
  { kind: 'sent', atMs: 3_510, bytes: 'PING\r\n' },
  { kind: 'reset', atMs: 4_000 },
  { kind: 'closed', atMs: 4_200 },
];

function rule(id: RuleId, result: Partial<RuleResult> = {}): RuleResult {
  const { title, hint } = RULES[id];
  return { id, verdict: 'passed', title, hint, chances: 3, violations: [], ...result };
}

const FAILED: Partial<Record<RuleId, Partial<RuleResult>>> = {
  'STL-FRAME-004': {
    verdict: 'failed',
    chances: 40,
    violations: [
      { entry: 6, message: 'The CRC is written 0d16, due is 0D16.' },
      { entry: 7, message: 'There is no CRC.' },
    ],
    departure: { act: 'stream', entry: 6, expected: '$R,7F3A,1,441,181,0*0D16\r\n' },
  },
  'STL-FRAME-005': {
    verdict: 'failed',
    chances: 1,
    violations: [{ entry: 7, message: 'The byte \u0000 < 0x20 in "<script>" & more.' }],
  },
  'STL-CMD-001': {
    verdict: 'failed',
    violations: [{ entry: 9, message: 'PING was not answered within 250 ms.' }],
    departure: { act: 'idle', entry: undefined, expected: '=OK,,PING,*1234\r\n' },
  },
};
const UNTESTED: RuleId[] = ['STL-SYNC-001', 'STL-SYNC-002', 'STL-RAW-001'];

export const FAILED_IDS: readonly string[] = Object.keys(FAILED);

export const REPORT: KitReport = {
  verdict: 'failed',
  level: 'L0',
  device: { serial: SERIAL, model: 'ST-1', firmware: '1.0.0' },
  rules: RULE_IDS.map((id) => {
    if (UNTESTED.includes(id)) {
      const reason = 'the device has no option <SYNC>';
      return rule(id, { verdict: 'not-tested', chances: 0, reason });
    }
    return rule(id, FAILED[id]);
  }),
  transcript: TRANSCRIPT,
};

export const CLEAN: KitReport = {
  ...REPORT,
  verdict: 'passed',
  level: 'L3',
  rules: RULE_IDS.map((id) => rule(id)),
};

/** Nobody was there. */
export const SILENT: KitReport = {
  verdict: 'failed',
  level: undefined,
  device: { serial: undefined, model: undefined, firmware: undefined },
  rules: RULE_IDS.map((id) =>
    rule(id, { verdict: 'not-tested', chances: 0, reason: 'the check was stopped before' }),
  ),
  transcript: [],
  stopped: 'The device sends nothing.',
};
