import { BenchError } from '../bench-error.ts';
import { describePort } from './describe-port.ts';
import type { PortReport } from './list-ports.ts';

/**
 * Chooses the port whose device says the wanted serial number, or a number with that beginning; without one, the only
 * port that has a device.
 *
 * @throws BenchError `DEVICE_AMBIGUOUS` when several fit, `DEVICE_NOT_FOUND` when none does
 */
export function findDevice(reports: readonly PortReport[], serial?: string): PortReport {
  const fitting = reports.filter((report) => fits(report, serial));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  if (only !== undefined) {
    const message = `${fitting.length} devices answer${serial === undefined ? '' : ` whose serial number begins with ${serial}`}. Name a port, or a serial number with --serial.`;
    throw new BenchError('DEVICE_AMBIGUOUS', [message, ...fitting.map(listed)].join('\n'));
  }
  throw new BenchError('DEVICE_NOT_FOUND', [nobody(serial), ...reports.map(listed)].join('\n'));
}

function fits({ found }: PortReport, serial: string | undefined): boolean {
  if (serial === undefined) return found.status === 'device' || found.status === 'unmanaged';
  return found.status === 'device' && found.serial.startsWith(serial.toLowerCase());
}

function nobody(serial: string | undefined): string {
  return serial === undefined
    ? 'No device answers. Plug one in, name its port, or look for its speed with "npx stedi device list --scan-baud".'
    : `No device answers whose serial number begins with ${serial}.`;
}

function listed(report: PortReport): string {
  return `  ${report.path}  ${describePort(report)}`;
}
