import { describe, expect, it } from 'vitest';
import { BridgeTally } from '../../../bridge/core/bridge-counts.ts';

describe('BridgeTally', () => {
  it('begins at nothing', () => {
    expect(new BridgeTally().counts).toEqual({
      records: {
        accelerometer_landing: 0,
        step_trainer_landing: 0,
        'quarantine/accelerometer_landing': 0,
        'quarantine/step_trainer_landing': 0,
      },
      quarantined: [],
      duplicates: { redelivered: 0, repeated: 0, conflicting: 0 },
      ignored: { status: 0, empty: 0 },
      discardedBytes: 0,
    });
  });

  it('keeps tables, reasons and kinds apart', () => {
    const tally = new BridgeTally();
    tally.landed('accelerometer_landing', 50);
    tally.landed('accelerometer_landing', 1);
    tally.landed('step_trainer_landing', 1);
    tally.quarantined('quarantine/accelerometer_landing', 'not-json');
    tally.quarantined('quarantine/step_trainer_landing', 'not-json');
    tally.quarantined('quarantine/step_trainer_landing', 'not-json');
    tally.quarantined('quarantine/step_trainer_landing', 'garbled-line');
    tally.duplicated('redelivered');
    tally.duplicated('conflicting');
    tally.duplicated('redelivered');
    tally.ignored('status');
    tally.ignored('empty');
    tally.ignored('status');
    tally.discarded(5);
    tally.discarded(7);
    expect(tally.counts).toEqual({
      records: {
        accelerometer_landing: 51,
        step_trainer_landing: 1,
        'quarantine/accelerometer_landing': 1,
        'quarantine/step_trainer_landing': 3,
      },
      quarantined: [
        { table: 'quarantine/accelerometer_landing', reason: 'not-json', count: 1 },
        { table: 'quarantine/step_trainer_landing', reason: 'not-json', count: 2 },
        { table: 'quarantine/step_trainer_landing', reason: 'garbled-line', count: 1 },
      ],
      duplicates: { redelivered: 2, repeated: 0, conflicting: 1 },
      ignored: { status: 2, empty: 1 },
      discardedBytes: 12,
    });
  });

  it('gives counts that stay as they were', () => {
    const tally = new BridgeTally();
    const { counts } = tally;
    tally.landed('step_trainer_landing', 1);
    tally.duplicated('repeated');
    expect(counts.records.step_trainer_landing).toBe(0);
    expect(counts.duplicates.repeated).toBe(0);
  });
});
