import { expect, it } from 'vitest';
import { isAboutTime } from '../../../device-bench/core/time-rules.ts';
import { RULE_IDS } from '../../../firmware-protocol/index.ts';

it('latencies, rates and clocks are about time, spelling and values are not', () => {
  const timed = RULE_IDS.filter(isAboutTime);
  expect(timed).toEqual(
    expect.arrayContaining(['STL-CMD-003', 'STL-STREAM-002', 'STL-STREAM-006', 'STL-TICK-003']),
  );
  expect(timed.filter((id) => /FRAME|RAW|IDENT|BOOT|SEQ/.test(id))).toEqual([]);
});
