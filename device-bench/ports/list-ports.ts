import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { BOOT_MS_MAX } from '../../firmware-protocol/index.ts';
import { BenchError } from '../bench-error.ts';
import { interview } from './interview.ts';
import type { Introduction } from './interview.ts';
import { openSerialDevice } from './serial-device.ts';

/** A running device answers within 250 ms; the rest is for the line, the host, and a lost first answer. */
const ANSWER_WAIT_MS = 1_500;
/** Opening a port that has modem lines restarts most boards. */
const RESTART_WAIT_MS: number = BOOT_MS_MAX + 500;

/** Why a port could not be asked. */
export interface UnusablePort {
  readonly status: 'missing' | 'busy' | 'denied' | 'unusable';
  readonly reason: string;
}

/** What was found at a port, and at which of the tried baud rates. */
export interface PortReport {
  readonly path: string;
  readonly baudRate: number;
  readonly found: Introduction | UnusablePort;
}

/** Which ports to ask. */
export interface ListOptions {
  /** Ports and folders of ports; all serial ports of this machine if there are none. */
  readonly places: readonly string[];
  /** Tried one after the other until a device is understood. */
  readonly baudRates: readonly number[];
}

/**
 * Asks all ports at once who is there, and closes them again.
 *
 * A port that the system lists but that has no hardware behind it is left out, unless it was asked for by name.
 * @throws BenchError `PORT_NOT_FOUND` for a folder that holds no ports
 */
export async function listPorts({ places, baudRates }: ListOptions): Promise<PortReport[]> {
  const paths = places.length === 0 ? await systemPorts() : await portsAt(places);
  const reports = await Promise.all(paths.map((path) => askPort(path, baudRates)));
  if (places.length > 0) return reports;
  return reports.filter(({ found }) => found.status !== 'unusable' && found.status !== 'missing');
}

/** The ports at some places: a folder stands for the ports in it, and two names of one port for one. */
export async function portsAt(places: readonly string[]): Promise<string[]> {
  const paths = (await Promise.all(places.map(portsIn))).flat();
  const targets = await Promise.all(paths.map((path) => realpath(path).catch(() => path)));
  return paths.filter((_, index) => targets.indexOf(targets[index] ?? '') === index);
}

async function portsIn(place: string): Promise<string[]> {
  if (!(await isFolder(place))) return [place];
  const paths = (await readdir(place)).toSorted().map((name) => join(place, name));
  const ports = await Promise.all(
    paths.map(async (path) => ((await isCharacterDevice(path)) ? [path] : [])),
  );
  if (ports.flat().length > 0) return ports.flat();
  const message = `There are no serial ports in the folder ${place}. Plug a device in, or start "npx stedi simulate --link pty:${place}".`;
  throw new BenchError('PORT_NOT_FOUND', message);
}

/** True for an existing folder; a port is none. */
export async function isFolder(place: string): Promise<boolean> {
  return stat(place).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function isCharacterDevice(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isCharacterDevice(),
    () => false,
  );
}

async function systemPorts(): Promise<string[]> {
  try {
    const { SerialPort } = await import('serialport');
    return (await SerialPort.list()).map(({ path }) => path).toSorted();
  } catch {
    // Without the system's device manager, as in a container, ports have to be named.
    return [];
  }
}

async function askPort(path: string, baudRates: readonly number[]): Promise<PortReport> {
  const reports: PortReport[] = [];
  for (const baudRate of baudRates) {
    const report = { path, baudRate, found: await askAt(path, baudRate) };
    const { status } = report.found;
    if (status !== 'foreign' && status !== 'silent') return report;
    reports.push(report);
  }
  // Of a device at another speed something strange arrives: that says more than silence.
  const [first] = reports;
  return reports.find(({ found }) => found.status === 'foreign') ?? (first as PortReport);
}

async function askAt(path: string, baudRate: number): Promise<Introduction | UnusablePort> {
  try {
    const device = await openSerialDevice({ path, baudRate });
    try {
      return await interview(device, device.reset === undefined ? ANSWER_WAIT_MS : RESTART_WAIT_MS);
    } finally {
      await device.close();
    }
  } catch (error) {
    if (error instanceof BenchError) return unusable(error);
    throw error;
  }
}

function unusable({ code, message }: BenchError): UnusablePort {
  switch (code) {
    case 'PORT_BUSY':
      return { status: 'busy', reason: message };
    case 'PORT_DENIED':
      return { status: 'denied', reason: message };
    case 'PORT_NOT_FOUND':
      return { status: 'missing', reason: message };
    default:
      return { status: 'unusable', reason: message };
  }
}
