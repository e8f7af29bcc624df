import type { Reading } from '../../../firmware-protocol/index.ts';
import type { FaultyDevice, Rework } from './rework.ts';

const EPOCH_MS = 1_655_564_444_000;
const RATE_HZ = 5;

interface RawRecord {
  readonly sensorReadingTime: number;
  readonly serialNumber: string;
  readonly distanceFromObject: number;
}

/** Sends bare records from the boot on and hears nothing; `format` makes a line of each. */
export function rawTrainer(format: (record: RawRecord) => string): Rework {
  return ({ step, send }) => {
    let serialNumber = '';
    return {
      step: (before, event) => {
        if (event.kind === 'received') return { state: before, effects: [] };
        if (event.kind === 'power-on') ({ serialNumber } = event);
        const after = step(before, event);
        return after.state.power === 'on'
          ? { ...after, state: { ...after.state, rateHz: RATE_HZ } }
          : after;
      },
      encode: (line) =>
        line.kind === 'reading' ? `${format(recordOf(line, serialNumber))}\r\n` : '',
      // A record may be longer than what a trainer keeps room for.
      send: (bytes) => send(bytes, true),
    };
  };
}

function recordOf({ ticks, distance }: Reading, serialNumber: string): RawRecord {
  return {
    sensorReadingTime: EPOCH_MS + ticks,
    serialNumber,
    distanceFromObject: distance,
  };
}

/** Faults of devices that know no frames. */
export const RAW_FAULTS: readonly FaultyDevice[] = [
  {
    name: 'bare records without a serial number',
    rule: 'STL-RAW-001',
    rework: rawTrainer((record) => JSON.stringify({ ...record, serialNumber: undefined })),
  },
  {
    name: 'bare records with the time as text',
    rule: 'STL-RAW-001',
    rework: rawTrainer((record) =>
      JSON.stringify({ ...record, sensorReadingTime: String(record.sensorReadingTime) }),
    ),
  },
  {
    name: 'bare records of more than 512 bytes',
    rule: 'STL-RAW-002',
    rework: rawTrainer((record) => JSON.stringify({ ...record, note: '-'.repeat(420) })),
  },
];
