import { describe, expect, it } from 'vitest';
import { openReplay } from '../../../device-bench/recording/open-replay.ts';
import { encodeHostCommand } from '../../../firmware-protocol/index.ts';
import { NOON_MS, Stage, STEPS } from '../../bridge/bridge-stage.ts';
import { RECORDED_SERIAL, streamed } from '../../simulator/core/recorded-device.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

describe('a recorded device on a line', () => {
  it('lands every reading through a bridge, under the time at which the device says it measured', () => {
    const stage = new Stage();
    const link = openReplay(streamed(100), stage.time);
    stage.bridge.attach({ path: 'replay', ...link }, 57_600);
    stage.run(60_000);
    void stage.close();
    const rows = stage.rows(STEPS) as { sensorReadingTime: number }[];
    expect(rows).toEqual(
      Array.from({ length: 100 }, (_, seq) => ({
        sensorReadingTime: expect.any(Number) as number,
        serialNumber: RECORDED_SERIAL,
        distanceFromObject: 200 + seq,
      })),
    );
    for (const [seq, row] of rows.entries()) {
      expect(Math.abs(row.sensorReadingTime - (NOON_MS + 200 + 20 * seq))).toBeLessThanOrEqual(1);
    }
  });

  it('begins when somebody listens, answers, and is silent once its cable is pulled', () => {
    const time = new VirtualTime(0);
    const link = openReplay(streamed(2), time, { waitsForStart: false });
    let heard = '';
    let closed = 0;
    time.run(500, 100);
    time.at(500, () => link.onData((chunk) => (heard += Buffer.from(chunk).toString('latin1'))));
    link.onClose(() => closed++);
    time.run(710, 100);
    expect(heard.split('\r\n').map((line) => line.slice(0, 5))).toEqual(['!BOOT', '$R,7F', '']);
    link.write(encodeHostCommand('1', { kind: 'ping' }));
    time.run(715, 100);
    expect(heard).toContain('=OK,1,PING,');
    const { length } = heard;
    link.close();
    link.close();
    link.write(encodeHostCommand('2', { kind: 'ping' }));
    time.run(60_000, 1_000);
    expect(heard).toHaveLength(length);
    expect(closed).toBe(1);
  });
});
