import { changeLines, changeTicks, refuse } from './rework.ts';
import type { FaultyDevice, Rework } from './rework.ts';

const UINT32 = 2 ** 32;
const HANDLING_MS = 40;

/** Answers SYNC with the ticks of the last reading or heartbeat. */
const staleTicks: Rework = ({ encode }) => {
  let last: number | undefined;
  return {
    encode: (line) => {
      if (line.kind === 'reading' || line.kind === 'heartbeat') last = line.ticks;
      if (line.kind === 'boot') last = undefined;
      if (line.kind !== 'synced' || last === undefined) return encode(line);
      return encode({ ...line, rxTicks: last, txTicks: last });
    },
  };
};

/** Takes some time for a SYNC, and swaps the two times of its answer. */
const swapsTicks: Rework = ({ encode, send }, timers) => ({
  encode: (line) =>
    encode(
      line.kind === 'synced' ? { ...line, rxTicks: (line.txTicks + HANDLING_MS) % UINT32 } : line,
    ),
  send: (bytes, urgent) => {
    if (!bytes.startsWith('=SYNC')) return send(bytes, urgent);
    timers.at(timers.now() + HANDLING_MS, () => void send(bytes, urgent));
    return true;
  },
});

/** Counts the ticks of SYNC with a counter that began at another time. */
const anotherClock: Rework = ({ encode }) => {
  const ahead = changeTicks((ticks) => (ticks + 1_777) % UINT32);
  return { encode: (line) => encode(line.kind === 'synced' ? ahead(line) : line) };
};

/** Faults of clock synchronisation. */
export const TIMING_FAULTS: readonly FaultyDevice[] = [
  {
    name: 'offers SYNC and does not know it',
    rule: 'STL-SYNC-001',
    rework: refuse(3, (line) => line.includes('SYNC ')),
  },
  {
    name: 'SYNC is answered with ticks of the last line',
    rule: 'STL-SYNC-002',
    rework: staleTicks,
  },
  { name: 'SYNC swaps its times', rule: 'STL-SYNC-003', rework: swapsTicks },
  { name: 'SYNC has another clock than readings', rule: 'STL-SYNC-004', rework: anotherClock },
  { name: 'drifts by 1000 ppm and states 200', rule: 'STL-SYNC-005', board: { driftPpm: 1_000 } },
  {
    name: 'host time of 32 bits',
    rule: 'STL-SYNC-006',
    rework: changeLines('synced', (line) => ({ ...line, hostMs: line.hostMs % UINT32 })),
  },
];
