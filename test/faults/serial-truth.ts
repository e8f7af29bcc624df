/** What must become of the bytes that a host received, told without the bridge: the other half of what the oracle compares. */
import { decodeDeviceLine } from '../../firmware-protocol/index.ts';
import type { SentRow } from './oracle.ts';

/** A line that is longer is kept up to here. */
const LINE_BYTES_MAX = 512;

/** A reading as its device measured it. */
export interface TrueReading {
  readonly serialNumber: string;
  readonly atMs: number;
  readonly distance: number;
}

/** The landing line of a reading. */
export function landingLine({ serialNumber, atMs, distance }: TrueReading): string {
  const sensorReadingTime = Math.round(atMs);
  return JSON.stringify({ sensorReadingTime, serialNumber, distanceFromObject: distance });
}

/** All readings of all devices of a test, each with a distance of its own, so that it is known wherever it turns up. */
export class SerialTruth {
  readonly #readings = new Map<string, TrueReading>();

  add(reading: TrueReading): void {
    this.#readings.set(`${reading.serialNumber}/${reading.distance}`, reading);
  }

  /** The reading of a device with this distance. */
  find(serialNumber: string, distance: number): TrueReading | undefined {
    return this.#readings.get(`${serialNumber}/${distance}`);
  }

  /**
   * What must become of what came through one port from its opening to its end: whole readings land once their device
   * has said who it is, records of level 0 land as they are, and everything else that is not empty goes to quarantine.
   */
  rowsOf(received: Buffer): SentRow[] {
    const lines = received.toString('latin1').split('\n');
    const half = lines.pop() ?? '';
    const introduced = new Map<string, string>();
    const rows = lines.flatMap((line): SentRow[] => {
      const decoded = decodeDeviceLine(line.slice(0, LINE_BYTES_MAX));
      if (decoded.kind === 'id') introduced.set(decoded.boot, decoded.serialNumber);
      if (decoded.kind === 'reading') {
        const serialNumber = introduced.get(decoded.boot);
        const truth = serialNumber && this.find(serialNumber, decoded.distance);
        return [truth ? landing(landingLine(truth)) : poison(line)];
      }
      return decoded.kind === 'rejected' ? unframed(line) : [];
    });
    return half === '' ? rows : [...rows, poison(half)];
  }
}

function unframed(line: string): SentRow[] {
  if (line === '' || line === '\r') return [];
  const record = line.length < LINE_BYTES_MAX && line.startsWith('{') ? parse(line) : undefined;
  return [record === undefined ? poison(line) : landing(record)];
}

/** A record of level 0 has nothing that tells whether it is whole: what holds its three keys is one, unless a key is there twice. */
function parse(line: string): string | undefined {
  const keys = [...line.matchAll(/"(\w+)":/g)].map(([, key]) => key);
  if (new Set(keys).size < keys.length) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { sensorReadingTime, serialNumber, distanceFromObject } = value as Record<string, unknown>;
  const isRecord =
    Number.isSafeInteger(sensorReadingTime) &&
    typeof serialNumber === 'string' &&
    Number.isSafeInteger(distanceFromObject);
  return isRecord
    ? JSON.stringify({ sensorReadingTime, serialNumber, distanceFromObject })
    : undefined;
}

function landing(line: string): SentRow {
  return { line, acknowledged: true, poison: false };
}

function poison(line: string): SentRow {
  const bytes = Buffer.from(line.slice(0, LINE_BYTES_MAX), 'latin1');
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes);
  return { line: isText ? text : bytes.toString('base64'), acknowledged: true, poison: true };
}
