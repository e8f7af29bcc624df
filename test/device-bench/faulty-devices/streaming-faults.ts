import type { DeviceLine } from '../../../firmware-protocol/index.ts';
import { changeLines, changeState, changeStep, refuse, saidIn, withTicks } from './rework.ts';
import type { FaultyDevice, Rework } from './rework.ts';

const UINT32 = 2 ** 32;
const SEQS = 0x10000;
const BLOCKED_TICKS = 400;
const HEARTBEAT_TICKS = 4_000;
/** A line on which the fastest rate is far too fast. */
const SLOW = { baudRate: 9_600 } as const;

const isSaid = (said: readonly DeviceLine[], kind: DeviceLine['kind']): boolean =>
  said.some((line) => line.kind === kind);

/** Drops all heartbeats but each `nth`. */
function fewerHeartbeats(nth: number): Rework {
  return ({ encode }) => {
    let beats = 0;
    return {
      encode: (line) => (line.kind === 'heartbeat' && ++beats % nth !== 0 ? '' : encode(line)),
    };
  };
}

/** Sends three more readings after it has answered STOP. */
const stopsLate: Rework = (parts, timers) => {
  let left = 0;
  return changeStep(({ before, event, healthy }) => {
    const after = healthy();
    if (after.state.power === 'off') return after;
    if (isSaid(saidIn(after), 'stopped') && before.rateHz > 0) {
      left = 3;
      return { ...after, state: { ...after.state, rateHz: before.rateHz } };
    }
    if (isSaid(saidIn(after), 'started')) left = 0;
    const isLast = event.kind === 'sampled' && left > 0 && --left === 0;
    return isLast ? { ...after, state: { ...after.state, rateHz: 0 } } : after;
  })(parts, timers);
};

/** Reads no command for a while when it streams: it waits until its buffer is empty. */
const blocksWhileStreaming: Rework = ({ step }) => {
  let waiting: { readonly bytes: string; readonly ticks: number }[] = [];
  return {
    step: (before, event) => {
      if (before.power === 'off' || before.rateHz === 0) {
        waiting = [];
        return step(before, event);
      }
      if (event.kind === 'received') {
        waiting.push(event);
        return { state: before, effects: [] };
      }
      const after = step(before, event);
      const [first] = waiting;
      if (event.kind !== 'sampled' || !first || event.ticks - first.ticks < BLOCKED_TICKS) {
        return after;
      }
      waiting = [];
      const bytes = first.bytes;
      const answered = step(after.state, { kind: 'received', bytes, ticks: event.ticks });
      return { state: answered.state, effects: [...after.effects, ...answered.effects] };
    },
  };
};

/** Counts otherwise, in readings and in the response to STOP; `start` is the seq that the boot began with. */
function changeSeq(change: (seq: number, start: number) => number): Rework {
  return ({ encode, step }) => {
    let start = 0;
    return {
      encode: (line) =>
        encode(
          line.kind === 'reading' || line.kind === 'stopped'
            ? { ...line, seq: change(line.seq, start) }
            : line,
        ),
      step: (before, event) => {
        if (event.kind === 'power-on') start = event.seq ?? 0;
        return step(before, event);
      },
    };
  };
}

/** Lets the tick counter run at another pace since the start. */
function ticksAt(pace: number): Rework {
  return (parts, timers) => {
    let start = 0;
    const { encode } = withTicks(
      (ticks) => (start + Math.floor(((ticks - start + UINT32) % UINT32) * pace)) % UINT32,
    )(parts, timers) as Required<Pick<typeof parts, 'encode'>>;
    return {
      encode,
      step: (before, event) => {
        if (event.kind === 'power-on') start = event.ticks ?? 0;
        return parts.step(before, event);
      },
    };
  };
}

/** Reads the two halves of the counter while it counts on: each 20th reading has an old upper half. */
const tornTicks: Rework = (parts, timers) => {
  let readings = 0;
  return withTicks((ticks, { kind }) =>
    kind === 'reading' && ++readings % 20 === 0 ? (ticks - 256 + UINT32) % UINT32 : ticks,
  )(parts, timers);
};

/** Fills the last room with the beginning of a reading that does not fit, one time in ten. */
const tearsLines: Rework = ({ send }) => {
  let refused = 0;
  return {
    send: (bytes, urgent) => {
      if (send(bytes, urgent)) return true;
      const isTorn = ++refused % 10 === 0;
      let length = isTorn ? bytes.length - 1 : 0;
      while (length > 0 && !send(bytes.slice(0, length), urgent)) length--;
      return false;
    },
  };
};

/** Keeps readings that find no room for as long as the stream lasts, instead of dropping them. */
const queuesForEver: Rework = ({ send, step }, timers) => {
  let waiting: string[] = [];
  let hasDropped = false;
  const drain = (): void => {
    while (waiting.length > 0 && send(waiting[0] as string, false)) waiting.shift();
    if (waiting.length > 0) timers.at(timers.now() + 5, drain);
  };
  return {
    step: (before, event) => {
      if (event.kind !== 'sampled' || before.power === 'off') {
        const after = step(before, event);
        if (isSaid(saidIn(after), 'stopped')) {
          hasDropped ||= waiting.length > 0;
          waiting = [];
        }
        return after;
      }
      const after = step({ ...before, droppedBefore: hasDropped }, event);
      hasDropped = false;
      return after;
    },
    send: (bytes, urgent) => {
      if (urgent) return send(bytes, urgent);
      if (waiting.length === 0 && send(bytes, false)) return true;
      if (waiting.push(bytes) === 1) timers.at(timers.now() + 5, drain);
      return true;
    },
  };
};

/** Faults of streaming, counters and overload. */
export const STREAMING_FAULTS: readonly FaultyDevice[] = [
  {
    name: 'streams right after the boot',
    rule: 'STL-STREAM-001',
    rework: ({ step }) => ({
      step: (before, event) => {
        const after = step(before, event);
        return event.kind === 'power-on' && after.state.power === 'on'
          ? { ...after, state: { ...after.state, rateHz: 5 } }
          : after;
      },
    }),
  },
  {
    name: 'the period is cut to whole ms',
    rule: 'STL-STREAM-002',
    rework: () => ({ periodMs: (rateHz) => Math.floor(1000 / rateHz) }),
  },
  {
    name: 'waits the period after each line',
    rule: 'STL-STREAM-002',
    rework: () => ({ periodMs: (rateHz) => 1000 / rateHz + 6 }),
  },
  { name: 'readings after STOP', rule: 'STL-STREAM-003', rework: stopsLate },
  {
    name: 'STOP tells the seq of the last reading',
    rule: 'STL-STREAM-004',
    rework: changeLines('stopped', (line) => ({ ...line, seq: (line.seq + SEQS - 1) % SEQS })),
  },
  {
    name: 'START while streaming changes nothing',
    rule: 'STL-STREAM-005',
    rework: changeState((after, said, before) =>
      before.rateHz > 0 && isSaid(said, 'started') ? { ...after, rateHz: before.rateHz } : after,
    ),
  },
  {
    name: 'another rate is refused while streaming',
    rule: 'STL-STREAM-005',
    rework: refuse(5, (line, { rateHz }) => {
      const asked = /\bSTART (\d+)/.exec(line)?.[1];
      return rateHz > 0 && asked !== undefined && Number(asked) !== rateHz && Number(asked) <= 200;
    }),
  },
  { name: 'blocks while streaming', rule: 'STL-STREAM-006', rework: blocksWhileStreaming },
  { name: 'no heartbeat', rule: 'STL-STREAM-007', rework: fewerHeartbeats(Infinity) },
  {
    name: `heartbeat every ${(2 * HEARTBEAT_TICKS) / 1000} s`,
    rule: 'STL-STREAM-007',
    rework: fewerHeartbeats(2),
  },
  {
    name: 'flags that nobody knows',
    rule: 'STL-STREAM-008',
    rework: changeLines('reading', (line) => ({ ...line, flags: line.flags | 0x40 })),
  },
  {
    name: 'seq counts every other reading',
    rule: 'STL-SEQ-001',
    rework: changeSeq((seq, start) => {
      const counted = (seq - start + SEQS) % SEQS;
      return (start + Math.floor(counted / 2)) % SEQS;
    }),
  },
  { name: 'seq of 15 bits', rule: 'STL-SEQ-002', rework: changeSeq((seq) => seq & 0x7fff) },
  { name: 'seq of 8 bits', rule: 'STL-SEQ-002', rework: changeSeq((seq) => seq & 0xff) },
  {
    name: 'START sets seq to 0',
    rule: 'STL-SEQ-003',
    rework: changeState((after, said, before) =>
      before.rateHz === 0 && isSaid(said, 'started') ? { ...after, seq: 0 } : after,
    ),
  },
  {
    name: 'STOP sets seq to 0',
    rule: 'STL-SEQ-003',
    rework: changeState((after, said) => (isSaid(said, 'stopped') ? { ...after, seq: 0 } : after)),
  },
  {
    name: 'dropped readings are not flagged',
    rule: 'STL-SEQ-004',
    board: SLOW,
    rework: changeStep(({ before, event, healthy }) =>
      event.kind === 'overrun' ? { state: before, effects: [] } : healthy(),
    ),
  },
  {
    name: 'the flag of dropped readings is always set',
    rule: 'STL-SEQ-004',
    rework: changeLines('reading', (line) => ({ ...line, flags: line.flags | 0b100 })),
  },
  { name: 'ticks are read in two halves', rule: 'STL-TICK-001', rework: tornTicks },
  { name: 'ticks of 16 bits', rule: 'STL-TICK-002', rework: withTicks((ticks) => ticks & 0xffff) },
  {
    name: 'ticks of 31 bits',
    rule: 'STL-TICK-002',
    rework: withTicks((ticks) => ticks % 2 ** 31),
  },
  { name: 'ticks in µs', rule: 'STL-TICK-003', rework: ticksAt(1_000) },
  { name: 'ticks of 1.024 ms', rule: 'STL-TICK-003', rework: ticksAt(1 / 1.024) },
  { name: 'overload tears lines', rule: 'STL-OVER-001', board: SLOW, rework: tearsLines },
  {
    name: 'overload makes readings late',
    rule: 'STL-OVER-002',
    board: SLOW,
    rework: queuesForEver,
  },
  {
    name: 'hangs after an overload',
    rule: 'STL-OVER-003',
    board: SLOW,
    rework: (parts, timers) => {
      let dropped = 0;
      return changeStep(({ before, event, healthy }) => {
        if (event.kind === 'overrun') dropped++;
        return dropped > 20 && event.kind === 'received'
          ? { state: before, effects: [] }
          : healthy();
      })(parts, timers);
    },
  },
];
