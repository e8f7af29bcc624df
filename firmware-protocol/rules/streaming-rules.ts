/** Rules of streaming, counters and overload. */
import { FLAG_DROPPED_BEFORE } from '../device-lines.ts';
import {
  FLAGS_DEFINED,
  HEARTBEAT_MS_MAX,
  RATE_TOLERANCE,
  READING_AGE_MS_MAX,
  TICK_RATE_TOLERANCE,
} from '../limits.ts';
import type { Rule } from './rule.ts';

/** Rules of streaming, counters and overload. */
export type StreamingRuleId =
  | 'STL-STREAM-001'
  | 'STL-STREAM-002'
  | 'STL-STREAM-003'
  | 'STL-STREAM-004'
  | 'STL-STREAM-005'
  | 'STL-STREAM-006'
  | 'STL-STREAM-007'
  | 'STL-STREAM-008'
  | 'STL-SEQ-001'
  | 'STL-SEQ-002'
  | 'STL-SEQ-003'
  | 'STL-SEQ-004'
  | 'STL-TICK-001'
  | 'STL-TICK-002'
  | 'STL-TICK-003'
  | 'STL-OVER-001'
  | 'STL-OVER-002'
  | 'STL-OVER-003';

/** Streaming, counters and overload. */
export const STREAMING_RULES: Readonly<Record<StreamingRuleId, Rule>> = {
  'STL-STREAM-001': {
    level: 'L2',
    title: 'Silent until START',
    must: 'A device MUST NOT send readings before it was told to START.',
    hint: 'The rate after a boot is 0.',
  },
  'STL-STREAM-002': {
    level: 'L2',
    title: 'The asked rate is kept',
    must: `After \`START <hz>\` readings MUST come at that rate, within ${RATE_TOLERANCE * 100} %.`,
    hint: 'Add the period to the last due time; do not wait a period after each line. At 1000 / hz with a remainder, carry it.',
    legal:
      'A device with the option `STEP` sends a reading for each step that it sees; the rate then is an upper bound.',
  },
  'STL-STREAM-003': {
    level: 'L2',
    title: 'STOP stops',
    must: 'After the response to STOP no reading MUST follow.',
    hint: 'Empty the queue of readings before you answer, or answer behind them.',
  },
  'STL-STREAM-004': {
    level: 'L2',
    title: 'STOP tells the next seq',
    must: 'The response to STOP MUST carry the seq of the next reading.',
    hint: 'With it the host knows how many readings were lost at the end.',
  },
  'STL-STREAM-005': {
    level: 'L2',
    title: 'START changes the rate',
    must: 'START while streaming MUST change the rate and nothing else.',
    hint: 'Do not restart the counters, do not stop in between.',
  },
  'STL-STREAM-006': {
    level: 'L2',
    title: 'Streaming does not deafen',
    must: 'A device MUST answer commands in time while it streams.',
    hint: 'Do not wait for room in the transmit buffer with the receiver off; 64 bytes of command must fit meanwhile.',
  },
  'STL-STREAM-007': {
    level: 'L2',
    title: 'An idle device shows life',
    must: `A device that sends nothing else MUST send \`!HB,<boot>,<ticks>\` at least every ${HEARTBEAT_MS_MAX} ms.`,
    hint: 'Send it every four seconds: clocks are not exact.',
  },
  'STL-STREAM-008': {
    level: 'L1',
    title: 'Unknown flags are 0',
    must: `Flag bits other than those of the mask ${FLAGS_DEFINED} MUST be 0.`,
    hint: 'Later versions will give them a meaning.',
  },
  'STL-SEQ-001': {
    level: 'L1',
    title: 'seq counts readings',
    must: 'seq MUST be one more than that of the reading before, unless readings were dropped in between.',
    hint: 'Count every reading that was due, sent or dropped, exactly once.',
  },
  'STL-SEQ-002': {
    level: 'L1',
    title: 'seq wraps at 65535',
    must: 'After seq 65535 the next reading MUST have seq 0.',
    hint: 'Use an unsigned 16-bit counter; a signed or an 8-bit one wraps elsewhere.',
    option: 'REBOOT',
  },
  'STL-SEQ-003': {
    level: 'L1',
    title: 'seq never starts again',
    must: 'Within a boot seq MUST NOT start again, neither at STOP nor at START.',
    hint: 'Only the initialisation sets seq to 0.',
  },
  'STL-SEQ-004': {
    level: 'L1',
    title: 'Dropped readings are flagged',
    must: `The flag ${FLAG_DROPPED_BEFORE} MUST be set on the first reading after one or more dropped ones, and on no other.`,
    hint: 'Set a mark when a reading finds no room, clear it when the next has been queued.',
  },
  'STL-TICK-001': {
    level: 'L1',
    title: 'Ticks never go back',
    must: 'Within a boot ticks MUST NOT go back, from line to line, over readings, heartbeats and SYNC responses.',
    hint: 'Read a 32-bit counter with interrupts off; half of it may be older than the other.',
  },
  'STL-TICK-002': {
    level: 'L1',
    title: 'Ticks wrap at 2^32',
    must: 'Ticks MUST count to 4294967295 and go on with 0.',
    hint: 'Use an unsigned 32-bit counter. Of 16 bits it wraps after 65 s, of micros() after 72 minutes.',
    option: 'REBOOT',
  },
  'STL-TICK-003': {
    level: 'L1',
    title: 'A tick is a millisecond',
    must: `Ticks MUST pass at 1000 per second, within ${TICK_RATE_TOLERANCE * 100} %.`,
    hint: 'Check the timer prescaler and the clock of the chip; ticks are neither µs nor timer overflows of 1.024 ms.',
  },
  'STL-OVER-001': {
    level: 'L1',
    title: 'Overload tears no line',
    must: 'Whatever the load, a line MUST be sent whole and uninterrupted, or not at all.',
    hint: 'Look whether the whole line fits before you queue its first byte, and queue from one place only.',
  },
  'STL-OVER-002': {
    level: 'L2',
    title: 'Overload drops, never delays',
    must: `A reading MUST arrive within ${READING_AGE_MS_MAX} ms after its ticks: what cannot be sent in time is dropped.`,
    hint: 'A short transmit buffer drops early; a long one makes readings late, and the clock looks wrong.',
  },
  'STL-OVER-003': {
    level: 'L2',
    title: 'Overload passes',
    must: 'When an overload ends, the device MUST answer commands in time again, without a restart.',
    hint: 'Look for a watchdog, and for a buffer index that ran past its end.',
  },
};
