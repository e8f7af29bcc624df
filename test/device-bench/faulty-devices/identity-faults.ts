import {
  changeBytes,
  changeLines,
  changeStart,
  changeText,
  changeTicks,
  refuse,
} from './rework.ts';
import type { FaultyDevice, Rework } from './rework.ts';

const LATE_MS = 3_500;

/** Keeps the rate of readings over a restart. */
const streamsOn: Rework = ({ step }) => {
  let rateHz = 0;
  return {
    step: (before, event) => {
      const after = step(before, event);
      if (after.state.power === 'off') return after;
      if (event.kind === 'power-on') return { ...after, state: { ...after.state, rateHz } };
      ({ rateHz } = after.state);
      return after;
    },
  };
};

/** Says the boot id of the first boot in lines of a kind for ever. */
function oldBootIn(kind: 'reading' | 'id'): Rework {
  return ({ encode }) => {
    let first: string | undefined;
    return {
      encode: (line) => {
        if (line.kind === 'boot') first ??= line.boot;
        return encode(line.kind === kind && first !== undefined ? { ...line, boot: first } : line);
      },
    };
  };
}

/** The reset line does not clear the tick counter. */
const ticksSurvive: Rework = ({ encode }) => {
  let offset = 0;
  const later = changeTicks((ticks) => ticks + offset);
  return {
    encode: (line) => {
      if (line.kind === 'boot') offset = line.why === 'RST' ? 123_456 : 0;
      return encode(later(line));
    },
  };
};

/** Faults of booting and identity. */
export const IDENTITY_FAULTS: readonly FaultyDevice[] = [
  {
    name: 'no boot line',
    rule: 'STL-BOOT-001',
    rework: changeBytes((bytes, { kind }) => (kind === 'boot' ? '' : bytes)),
  },
  { name: 'boots after 3.5 s', rule: 'STL-BOOT-001', board: { bootDelayMs: LATE_MS } },
  {
    name: 'the same boot id at each start',
    rule: 'STL-BOOT-002',
    rework: changeStart((event) => ({ ...event, boot: '1234' })),
  },
  {
    name: 'readings with the boot id of an earlier boot',
    rule: 'STL-BOOT-003',
    rework: oldBootIn('reading'),
  },
  {
    name: 'seq starts at 1',
    rule: 'STL-BOOT-004',
    rework: changeStart((event) => ({ ...event, seq: event.seq ?? 1 })),
  },
  { name: 'ticks that survive a reset', rule: 'STL-BOOT-004', rework: ticksSurvive },
  { name: 'streams on after a restart', rule: 'STL-BOOT-005', rework: streamsOn },
  {
    name: 'does not know ID?',
    rule: 'STL-IDENT-001',
    rework: refuse(3, (line) => line.includes('ID?')),
  },
  {
    name: 'a new serial number at each boot',
    rule: 'STL-IDENT-002',
    rework: changeStart((event) => ({
      ...event,
      serialNumber: event.serialNumber.slice(0, -4) + event.boot.toLowerCase(),
    })),
  },
  {
    name: 'serial number in upper case',
    rule: 'STL-IDENT-002',
    rework: changeLines('id', (line) => ({
      ...line,
      serialNumber: line.serialNumber.toUpperCase(),
    })),
  },
  {
    name: 'ID? tells the boot id of an earlier boot',
    rule: 'STL-IDENT-003',
    rework: oldBootIn('id'),
  },
  {
    name: 'does not know CAPS?',
    rule: 'STL-IDENT-004',
    rework: refuse(3, (line) => line.includes('CAPS?')),
  },
  {
    name: 'capabilities without a rate',
    rule: 'STL-IDENT-004',
    rework: changeText('caps', (text) => text.replace(/R\d+/, '')),
  },
];
