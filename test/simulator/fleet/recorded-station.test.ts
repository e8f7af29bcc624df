import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../simulator/core/recording.ts';
import { NOBODY, TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import type { TruthDistance } from '../../../simulator/core/truth-ledger.ts';
import { RecordedStation } from '../../../simulator/fleet/recorded-station.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { MemorySerial } from '../../../simulator/virtual/memory-serial.ts';
import { NOON_MS, quarantinedLine, Stage, STEPS } from '../../bridge/bridge-stage.ts';
import {
  asked,
  introduced,
  reading,
  RECORDED_BOOT,
  RECORDED_SERIAL,
  recordingOf,
  said,
  streamed,
} from '../core/recorded-device.ts';

const DAMAGED = '$R,7F3A,2,242,9*0000\r\n';

interface Row {
  readonly sensorReadingTime: number;
  readonly distanceFromObject: number;
  readonly serialNumber: string;
}

/** Plays a recording to a bridge for a minute. */
function play(recording: Recording): {
  readonly rows: Row[];
  readonly refused: string[];
  readonly truths: TruthDistance[];
  readonly damaged: readonly string[];
} {
  const stage = new Stage();
  const { time: timers, bridge } = stage;
  const streams = seededStreams(1);
  const ledger = new TruthLedger();
  const cables = new MemorySerial({
    timers,
    streams,
    baudRate: 57_600,
    onPlugged: (channel) => bridge.attach(channel, 57_600),
  });
  const device = { atMs: NOON_MS, recording };
  const station = new RecordedStation({ id: 3, device, timers, streams, ledger, cables });
  timers.at(NOON_MS, () => station.connect());
  timers.run(NOON_MS + 60_000, 100_000);
  void stage.close();
  return {
    rows: stage.rows(STEPS) as Row[],
    refused: stage.rows(`quarantine/${STEPS}`).map(quarantinedLine),
    truths: ledger.readings as TruthDistance[],
    damaged: ledger.damagedLines,
  };
}

describe('a recorded device in a world', () => {
  it('lands every intact reading, made by nobody, under the time of its own clock', () => {
    const { rows, refused, truths } = play(streamed(60));
    expect(rows).toHaveLength(60);
    expect(refused).toEqual([]);
    expect(new Set(truths.map(({ fate }) => fate))).toEqual(new Set(['sent']));
    for (const [index, row] of rows.entries()) {
      const truth = truths[index] as TruthDistance;
      expect(truth).toMatchObject({
        person: NOBODY,
        serialNumber: RECORDED_SERIAL,
        distance: row.distanceFromObject,
        boot: RECORDED_BOOT,
        seq: index,
      });
      expect(row.serialNumber).toBe(RECORDED_SERIAL);
      expect(Math.abs(row.sensorReadingTime - truth.atMs)).toBeLessThanOrEqual(2);
    }
  });

  it('has what was damaged refused, and expects nothing of it', () => {
    const { lines } = streamed(4);
    const recording = recordingOf([
      ...lines.slice(0, -1),
      said(250, DAMAGED),
      said(252, '\r\n'),
      said(255, '# hello\r\n'),
      reading(260, 3),
    ]);
    const { rows, refused, truths, damaged } = play(recording);
    expect(rows).toHaveLength(4);
    expect(truths).toHaveLength(4);
    expect(refused).toEqual([DAMAGED.slice(0, -1)]);
    expect(damaged).toEqual([DAMAGED.slice(0, -1)]);
  });

  it('takes half a line for damage, and what runs into it', () => {
    const { truths, damaged } = play(
      recordingOf([
        ...streamed(2).lines,
        said(400, '$R,7F3A,2,3'),
        reading(420, 3),
        reading(440, 4),
      ]),
    );
    expect(truths.map(({ fate }) => fate)).toEqual(['sent', 'sent', 'garbled', 'sent']);
    expect(damaged).toHaveLength(1);
  });

  it('is itself again after a restart', () => {
    const { rows, truths } = play(
      recordingOf([
        ...streamed(3).lines,
        said(400, { kind: 'boot', boot: '0002', why: 'WDT' }),
        asked(401, '9', { kind: 'identify' }),
        introduced(420, '9', '0002'),
        ...[0, 1, 2].map((seq) =>
          said(700 + 20 * seq, {
            kind: 'reading',
            boot: '0002',
            seq,
            ticks: 300 + 20 * seq,
            distance: 7,
            flags: 0,
          }),
        ),
      ]),
    );
    expect(rows).toHaveLength(6);
    expect(truths.map(({ boot }) => boot)).toEqual([
      ...Array(3).fill('7F3A'),
      ...Array(3).fill('0002'),
    ]);
    for (const [index, row] of rows.entries()) {
      expect(Math.abs(row.sensorReadingTime - (truths[index]?.atMs ?? 0))).toBeLessThanOrEqual(2);
    }
  });

  it('lands records of a device of level 0 at the time of the world', () => {
    const raw = (ms: number): string =>
      `{"sensorReadingTime":${ms},"serialNumber":"old-1","distanceFromObject":${ms}}\r\n`;
    const { rows, truths } = play(recordingOf([said(10, raw(10)), said(30, raw(30))]));
    expect(rows).toEqual([
      { sensorReadingTime: NOON_MS + 10, serialNumber: 'old-1', distanceFromObject: 10 },
      { sensorReadingTime: NOON_MS + 30, serialNumber: 'old-1', distanceFromObject: 30 },
    ]);
    expect(truths).toMatchObject([
      { atMs: NOON_MS + 10, serialNumber: 'old-1', fate: 'sent' },
      { atMs: NOON_MS + 30, serialNumber: 'old-1', fate: 'sent' },
    ]);
  });
});
