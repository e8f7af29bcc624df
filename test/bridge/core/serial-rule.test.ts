import { expect, it } from 'vitest';
import { ruleOfRefused } from '../../../bridge/core/serial-rule.ts';
import type { SerialReject } from '../../../bridge/core/session-events.ts';
import { MAX_RAW_LINE_BYTES } from '../../../firmware-protocol/index.ts';

const READING = '$R,7F3A,0,421,181,0*0D16\r';

it.each<[SerialReject, string, string | undefined]>([
  ['garbled-line', READING.replace('181', '182'), 'STL-FRAME-003'],
  ['garbled-line', '\u00ff\u0000', 'STL-FRAME-005'],
  ['garbled-line', 'x'.repeat(MAX_RAW_LINE_BYTES), 'STL-FRAME-002'],
  ['line-cut-off', '$R,7F3A,0,42', undefined],
  ['line-cut-off', '{'.padEnd(MAX_RAW_LINE_BYTES), 'STL-RAW-002'],
  ['boot-not-introduced', READING, 'STL-BOOT-003'],
  ['repeated-reading', READING, 'STL-SEQ-001'],
  ['clock-not-fitted', READING, undefined],
  ['distance-out-of-range', READING, undefined],
  ['implausible-reading', READING, undefined],
  ['not-json', '{', 'STL-RAW-001'],
  ['not-utf8', '{"a":"\u00ff"}', 'STL-RAW-001'],
  ['duplicate-key', '{"a":1,"a":1}', 'STL-RAW-001'],
])('a line refused as %s: %j', (reason, line, rule) => {
  expect(ruleOfRefused(reason, line)).toBe(rule);
});
