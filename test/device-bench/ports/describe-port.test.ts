import { expect, it } from 'vitest';
import { describePort } from '../../../device-bench/ports/describe-port.ts';
import type { PortReport } from '../../../device-bench/ports/list-ports.ts';

const DEVICE = {
  status: 'device',
  serial: '1f3a0000-0000-4000-8000-000000000001',
  model: 'ST-1',
  firmware: '1.0.0',
  boot: '7F3A',
  level: 'L3',
  streaming: false,
} as const;
const BUSY = { status: 'busy', reason: 'long' } as const;

it.each<[PortReport['found'], string]>([
  [DEVICE, '1f3a0000-0000-4000-8000-000000000001  ST-1 1.0.0, boot 7F3A, L3'],
  [{ ...DEVICE, streaming: true }, `${DEVICE.serial}  ST-1 1.0.0, boot 7F3A, L3, streaming`],
  [
    { status: 'unmanaged', level: 'L0' },
    'sends raw records without frames (L0), and answers nothing',
  ],
  [{ status: 'unmanaged', level: 'L1' }, 'sends STL/1 lines (L1), and does not answer ID?'],
  [{ status: 'silent' }, 'silent at 9600 baud'],
  [
    { status: 'foreign', sample: 'ok\r\n\u0000' },
    'does not speak STL/1 at 9600 baud; it said "ok\\r\\n\\x00"',
  ],
  [BUSY, 'busy: another program has it open'],
  [{ ...BUSY, status: 'missing' }, 'there is no such port'],
  [{ ...BUSY, status: 'unusable' }, 'long'],
])('says what was found: %o', (found, words) => {
  expect(describePort({ path: '/dev/ttyUSB0', baudRate: 9_600, found })).toBe(words);
});

it('tells how to get the permission', () => {
  const found = { status: 'denied', reason: 'long' } as const;
  expect(describePort({ path: '/dev/ttyUSB0', baudRate: 9_600, found })).toMatch(/dialout/);
});
