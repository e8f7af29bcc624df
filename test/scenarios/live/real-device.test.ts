import { expect, test } from 'vitest';
import { encodeDeviceLine } from '../../../firmware-protocol/index.ts';
import { RealDevice } from '../../../scenarios/live/real-device.ts';
import { NOBODY, TruthLedger } from '../../../simulator/index.ts';

const SERIAL = '00000000-0000-4000-8000-000000000001';
const READING = encodeDeviceLine({
  kind: 'reading',
  boot: '7F3A',
  seq: 3,
  ticks: 421,
  distance: 181,
  flags: 0,
});
const ID = encodeDeviceLine({
  kind: 'id',
  tag: '1',
  model: 'ST1',
  serialNumber: SERIAL,
  firmware: '1.0',
  boot: '7F3A',
});

function prepare() {
  const ledger = new TruthLedger();
  let readings = 0;
  const device = new RealDevice({
    timers: { now: () => 1_234.4 },
    ledger,
    onReading: () => readings++,
  });
  const push = (text: string): void => device.push(Buffer.from(text, 'latin1'));
  return { ledger, push, readings: () => readings };
}

test('its readings were made by nobody, and are known by the serial number that it says', () => {
  const { ledger, push, readings } = prepare();
  const text = `${ID}${READING}`;
  push(text.slice(0, 50));
  push(text.slice(50));
  expect(ledger.readings).toEqual([
    {
      kind: 'distance',
      id: 0,
      fate: 'sent',
      person: NOBODY,
      step: NOBODY,
      atMs: 1_234,
      serialNumber: SERIAL,
      distance: 181,
      boot: '7F3A',
      seq: 3,
    },
  ]);
  expect(readings()).toBe(1);
});

test('a record without a frame tells its serial number itself', () => {
  const { ledger, push } = prepare();
  push(`{"sensorReadingTime":5,"serialNumber":"raw","distanceFromObject":9}\r\n\r\n`);
  expect(ledger.readings).toMatchObject([{ serialNumber: 'raw', distance: 9, fate: 'sent' }]);
  expect(ledger.damagedLines).toEqual([]);
});

test('a reading of a box that has not said who it is has no serial number, and a damaged line is none', () => {
  const { ledger, push, readings } = prepare();
  push(READING);
  push(`X${READING}`);
  expect(ledger.readings).toMatchObject([{ serialNumber: undefined }]);
  expect(ledger.damagedLines).toEqual([`X${READING.slice(0, -1)}`]);
  expect(readings()).toBe(1);
});
