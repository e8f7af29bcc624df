/** Rules of devices that know no frames. */
import { MAX_RAW_LINE_BYTES } from '../framing.ts';
import type { Rule } from './rule.ts';

/** Rules of raw JSON lines. */
export type RawRuleId = 'STL-RAW-001' | 'STL-RAW-002';

/** Raw JSON lines, level 0. They apply to devices that send no framed line at all. */
export const RAW_RULES: Readonly<Record<RawRuleId, Rule>> = {
  'STL-RAW-001': {
    level: 'L0',
    title: 'One record per line',
    must: 'A device without frames MUST send one JSON object per line with `sensorReadingTime` (epoch ms, a whole number), `serialNumber` (text) and `distanceFromObject` (a whole number).',
    hint: 'These are the columns of the landing table; other keys do not land.',
  },
  'STL-RAW-002': {
    level: 'L0',
    title: 'Records are short',
    must: `A line without frame MUST be at most ${MAX_RAW_LINE_BYTES} bytes long, its line end included.`,
    hint: 'Leave out the blanks of pretty printing.',
  },
};
