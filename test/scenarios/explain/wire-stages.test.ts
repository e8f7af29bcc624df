import { expect, test } from 'vitest';
import { crc16CcittFalse, formatCrc } from '../../../firmware-protocol/index.ts';
import type { HeardBytes, Retrace } from '../../../scenarios/explain/retrace.ts';
import { tellSerialWay } from '../../../scenarios/explain/wire-stages.ts';
import type { StagedRun } from '../../../scenarios/run/stage-run.ts';
import type { TruthDistance } from '../../../simulator/index.ts';

const PORT = 'memory:ttySTEDI1';
const TRUTH: TruthDistance = {
  id: 7,
  kind: 'distance',
  person: 1,
  step: 3,
  atMs: 100_000,
  fate: 'sent',
  serialNumber: 'e3b882d0-895b-4ed5-bc3c-f64b30cccbdf',
  distance: 211,
  boot: 'DE41',
  seq: 3,
};

function line(body: string): string {
  return `${body}*${formatCrc(crc16CcittFalse(body))}\r\n`;
}

const SENT = line('$R,DE41,3,5000,211,0');

function tell(truth: TruthDistance, heard: readonly HeardBytes[]): string {
  const sent = [{ readings: [7], atMs: 100_000, meant: SENT, passed: SENT, damages: [] }];
  const away = [{ atMs: 99_000, untilMs: 101_000 }];
  // The way over the wire does not look at what the run came to.
  const trace: Retrace = { staged: {} as StagedRun, sent, source: PORT, heard, away };
  return tellSerialWay(truth, trace)
    .map(({ text }) => text)
    .join('\n');
}

test('a reading that was lost is not taken for the next one of the same start', () => {
  const next = { atMs: 102_000, bytes: line('$R,DE41,4,7000,250,0') };
  const text = tell({ ...TRUTH, fate: 'lost' }, [next]);
  expect(text).toContain(
    `Nothing of it arrives at ${PORT}: the bridge had been killed at 1970-01-01T00:01:39.000Z.`,
  );
  expect(text).not.toContain('The bridge reads');
});

test('a bridge that was killed knows nothing that devices said before', () => {
  const text = tell(TRUTH, [
    { atMs: 98_000, bytes: line(`=ID,1,1,STEDI,ST-1,${TRUTH.serialNumber},1.0.0,DE41`) },
    { atMs: 101_500, bytes: SENT },
  ]);
  expect(text).toContain('The bridge, killed at 1970-01-01T00:01:39.000Z, is started again.');
  expect(text).toContain('Since then the device had sent no =ID.');
  expect(text).toContain('The bridge reads: start DE41, reading 3, 5000 ms after the start');
});

test('without power nothing is measured', () => {
  expect(tell({ ...TRUTH, serialNumber: undefined }, [])).toBe(
    'No box measured it: none stood there, or it had no power.',
  );
});
