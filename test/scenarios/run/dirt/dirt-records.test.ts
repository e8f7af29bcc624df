import { describe, expect, test } from 'vitest';
import type { LandingTableName } from '../../../../pipeline/index.ts';
import { validateLandingRecord } from '../../../../pipeline/index.ts';
import { soilRecord } from '../../../../scenarios/run/dirt/dirt-records.ts';
import type { RecordDirt } from '../../../../scenarios/run/dirt/dirt-records.ts';

const PHONE = '{"user":"a@mail.example","timeStamp":1655564444103,"x":-1,"y":0,"z":0}';
const STEP = '{"sensorReadingTime":1655564444103,"serialNumber":"s","distanceFromObject":250}';

function isReadable(table: LandingTableName, text: string): boolean {
  try {
    return validateLandingRecord(table, JSON.parse(text)).ok;
  } catch {
    return false;
  }
}

describe('a record', () => {
  test.each<[RecordDirt, LandingTableName, string, string]>([
    ['nan', 'accelerometer_landing', PHONE, PHONE.replace('-1', 'NaN')],
    ['nan', 'step_trainer_landing', STEP, STEP.replace('250', 'NaN')],
    ['huge-number', 'accelerometer_landing', PHONE, PHONE.replace('1655564444103', '1e999')],
    ['huge-number', 'step_trainer_landing', STEP, STEP.replace('1655564444103', '1e999')],
    ['trailing-comma', 'step_trainer_landing', STEP, STEP.replace('250}', '250,}')],
  ])('gets dirty by %s in %s', (kind, table, text, dirty) => {
    const record = { line: 0, text };
    expect(soilRecord(kind, table, record)).toBe(true);
    expect(record).toMatchObject({ text: dirty, damage: expect.any(RegExp) as RegExp });
    expect(isReadable(table, record.text)).toBe(false);
    expect(isReadable(table, text)).toBe(true);
  });

  test('nested too deep is still JSON, and damaged', () => {
    const record = { line: 0, text: STEP };
    soilRecord('deep-nesting', 'step_trainer_landing', record);
    expect(JSON.parse(record.text)).toHaveProperty('extra.0.0.0.0.0.0.0');
    expect(record).toHaveProperty('damage');
  });

  test('in the other spelling is whole', () => {
    const record = { line: 0, text: PHONE };
    expect(soilRecord('key-spelling', 'accelerometer_landing', record)).toBe(true);
    expect(record).toEqual({ line: 0, text: PHONE.replace('timeStamp', 'timestamp') });
    expect(soilRecord('key-spelling', 'accelerometer_landing', record)).toBe(false);
  });

  test('is damaged once', () => {
    const record = { line: 0, text: STEP };
    soilRecord('nan', 'step_trainer_landing', record);
    const before = { ...record };
    expect(soilRecord('trailing-comma', 'step_trainer_landing', record)).toBe(false);
    expect(record).toEqual(before);
  });
});
