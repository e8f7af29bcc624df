/** Rules of clock synchronisation. */
import { ANSWER_MS_MAX, DRIFT_PPM_MAX } from '../limits.ts';
import type { Rule } from './rule.ts';

/** Rules of clock synchronisation. */
export type TimingRuleId =
  | 'STL-SYNC-001'
  | 'STL-SYNC-002'
  | 'STL-SYNC-003'
  | 'STL-SYNC-004'
  | 'STL-SYNC-005'
  | 'STL-SYNC-006';

/** Clock synchronisation. */
export const TIMING_RULES: Readonly<Record<TimingRuleId, Rule>> = {
  'STL-SYNC-001': {
    level: 'L3',
    title: 'SYNC is answered with two times',
    must: '`SYNC <host_ms>` MUST be answered with `=SYNC,<tag>,<host_ms>,<rx_ticks>,<tx_ticks>`, and `CAPS?` MUST name the option `SYNC`.',
    hint: 'rx_ticks is the time at which the command was complete, tx_ticks that at which the answer was begun.',
  },
  'STL-SYNC-002': {
    level: 'L3',
    title: 'SYNC ticks are fresh',
    must: 'rx_ticks MUST be read while the command is on its way or being handled: the offset to the host may change from exchange to exchange by no more than the exchanges took.',
    hint: 'Read the counter when the LF arrives, not once per main loop or per reading.',
  },
  'STL-SYNC-003': {
    level: 'L3',
    title: 'SYNC ticks are in order',
    must: `tx_ticks MUST be rx_ticks or later, by no more than ${ANSWER_MS_MAX} ms and no more than the exchange took.`,
    hint: 'Do not swap the two fields, and read tx_ticks when the answer is formatted.',
  },
  'STL-SYNC-004': {
    level: 'L3',
    title: 'One clock for everything',
    must: 'Readings, heartbeats and SYNC responses MUST use the same tick counter.',
    hint: 'Stamp a reading when the sensor is read, with the counter that SYNC reads.',
  },
  'STL-SYNC-005': {
    level: 'L3',
    title: 'The drift stays within its bound',
    must: `The device clock MUST NOT drift by more than the bound in ppm that the option \`PPM<n>\` of \`=CAPS\` states, ${DRIFT_PPM_MAX} if there is none.`,
    hint: 'A crystal keeps 50 ppm, a ceramic resonator 5000: state what the board has. A steady error of 0.2 % or 2.4 % is a rounded timer period.',
  },
  'STL-SYNC-006': {
    level: 'L3',
    title: 'Host time comes back whole',
    must: 'The host time MUST come back digit by digit, up to 9007199254740991.',
    hint: 'Keep it as text: it does not fit into 32 bits.',
  },
};
