import { describe, expect, it } from 'vitest';
import { findDevice } from '../../../device-bench/ports/find-device.ts';
import type { PortReport } from '../../../device-bench/ports/list-ports.ts';

function device(path: string, serial: string): PortReport {
  const found = { status: 'device', serial, model: 'ST-1', firmware: '1.0', boot: '7F3A' } as const;
  return { path, baudRate: 57_600, found: { ...found, level: 'L3', streaming: false } };
}

const ONE = device('/dev/ttyUSB0', '1f3a0000-0000-4000-8000-000000000001');
const TWO = device('/dev/ttyUSB1', '1f3b0000-0000-4000-8000-000000000002');
const SILENT: PortReport = { path: '/dev/ttyS0', baudRate: 57_600, found: { status: 'silent' } };
const RAW: PortReport = {
  ...SILENT,
  path: '/dev/ttyS1',
  found: { status: 'unmanaged', level: 'L0' },
};

describe('the device under test', () => {
  it('is the only one that answers', () => {
    expect(findDevice([SILENT, ONE])).toBe(ONE);
    expect(findDevice([SILENT, RAW])).toBe(RAW);
  });

  it('is chosen by the beginning of its serial number, in any case', () => {
    expect(findDevice([ONE, TWO, RAW], '1f3b')).toBe(TWO);
    expect(findDevice([ONE, TWO, RAW], '1F3A0000')).toBe(ONE);
  });

  it.each([[undefined], ['1f3']])('is not guessed when several fit %s', (serial) => {
    const code = 'DEVICE_AMBIGUOUS';
    const choose = (): PortReport => findDevice([ONE, SILENT, TWO], serial);
    expect(choose).toThrow(expect.objectContaining({ code }) as Error);
    expect(choose).toThrow(/2 devices answer.*--serial\.\n {2}\/dev\/ttyUSB0 {2}1f3a.*\n.*1f3b/s);
    expect(choose).not.toThrow(/ttyS0/);
  });

  it.each([[[SILENT]], [[]]])('is missed when none answers', (reports) => {
    const code = 'DEVICE_NOT_FOUND';
    expect(() => findDevice(reports)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('is missed when another sits at its port, and what sits there is said', () => {
    expect(() => findDevice([ONE, RAW], '77')).toThrow(/begins with 77.*ttyUSB0 {2}1f3a/s);
  });
});
