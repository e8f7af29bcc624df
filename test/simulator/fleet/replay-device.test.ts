import { describe, expect, it } from 'vitest';
import { decodeDeviceLine, encodeHostCommand } from '../../../firmware-protocol/index.ts';
import type { DecodedDeviceLine, HostCommand } from '../../../firmware-protocol/index.ts';
import type { Recording } from '../../../simulator/core/recording.ts';
import { writeReplayScript } from '../../../simulator/core/replay-script.ts';
import { ReplayDevice } from '../../../simulator/fleet/replay-device.ts';
import type { ReplayDeviceOptions } from '../../../simulator/fleet/replay-device.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
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

const START_MS = 50_000;

/** A replay, what it has sent and when, in ms after it began. */
class Stage {
  readonly time = new VirtualTime(START_MS);
  readonly sent: { readonly ms: number; readonly bytes: string }[] = [];
  readonly device: ReplayDevice;
  endedMs: number | undefined;

  constructor(recording: Recording, options: Partial<ReplayDeviceOptions> = {}) {
    this.device = new ReplayDevice({
      script: writeReplayScript(recording),
      timers: this.time,
      send: (bytes) => this.sent.push({ ms: this.time.now() - START_MS, bytes }) > 0,
      onEnd: () => (this.endedMs = this.time.now() - START_MS),
      ...options,
    });
    this.device.start();
  }

  run(untilMs: number): this {
    this.time.at(START_MS + untilMs, () => undefined);
    this.time.run(START_MS + untilMs, 100_000);
    return this;
  }

  /** Sends a command and gives what was answered at once. */
  ask(tag: string, command: HostCommand): DecodedDeviceLine[] {
    const before = this.sent.length;
    this.device.receive(encodeHostCommand(tag, command));
    return this.sent.slice(before).map(({ bytes }) => decodeDeviceLine(bytes.trimEnd()));
  }

  get readings(): { readonly ms: number; readonly seq: number }[] {
    return this.sent.flatMap(({ ms, bytes }) => {
      const line = decodeDeviceLine(bytes.trimEnd());
      return line.kind === 'reading' ? [{ ms, seq: line.seq }] : [];
    });
  }
}

describe('a replay', () => {
  it('sends its lines byte for byte at the times of the recording, once it is started', () => {
    const stage = new Stage(streamed(3));
    expect(stage.run(105).sent).toEqual([{ ms: 100, bytes: '!BOOT,7F3A,PWR*ABB7\r\n' }]);
    stage.ask('7', { kind: 'start', rateHz: 50 });
    stage.run(1_000);
    expect(stage.readings).toEqual([
      { ms: 200, seq: 0 },
      { ms: 220, seq: 1 },
      { ms: 240, seq: 2 },
    ]);
    expect(stage.sent.at(-1)?.bytes).toBe(streamed(3).lines.at(-1)?.bytes);
    expect(stage.endedMs).toBe(240);
  });

  it('waits for a host that is late, and keeps the pace from then on', () => {
    const stage = new Stage(streamed(3)).run(1_105);
    expect(stage.readings).toEqual([]);
    // The recorded host said its first words at 105 ms: everything is a second later now.
    stage.ask('6', { kind: 'identify' });
    stage.run(1_300);
    expect(stage.readings).toEqual([]);
    stage.ask('7', { kind: 'start', rateHz: 50 });
    stage.run(2_000);
    expect(stage.readings.map(({ ms }) => ms)).toEqual([1_300, 1_320, 1_340]);
    expect(stage.endedMs).toBe(1_340);
  });

  it('is no later than its host', () => {
    const stage = new Stage(streamed(3)).run(1_105);
    stage.ask('6', { kind: 'identify' });
    stage.ask('7', { kind: 'start', rateHz: 50 });
    expect(stage.run(2_000).readings.map(({ ms }) => ms)).toEqual([1_200, 1_220, 1_240]);
    const early = new Stage(streamed(3));
    early.ask('6', { kind: 'identify' });
    early.ask('7', { kind: 'start', rateHz: 50 });
    expect(early.run(2_000).readings.map(({ ms }) => ms)).toEqual([200, 220, 240]);
  });

  it('has a clock that starts with its host, and never goes another way', () => {
    const clocks: number[] = [];
    const stage = new Stage(streamed(1), {
      onBoot: () => clocks.push(stage.time.now() - START_MS),
    });
    stage.run(1_105);
    expect(clocks).toEqual([]);
    const ticks = (): unknown => stage.ask('s', { kind: 'sync', hostMs: 1 });
    expect(ticks()).toMatchObject([{ rxTicks: 105 - 8 }]);
    stage.run(2_105);
    expect(ticks()).toMatchObject([{ rxTicks: 1_105 - 8 }]);
    expect(clocks).toEqual([1_105]);
  });

  it('sends what has no room a little later', () => {
    let room = 0;
    const taken: number[] = [];
    const stage = new Stage(streamed(2), {
      waitsForStart: false,
      send: () => {
        if (room-- > 0) taken.push(stage.time.now() - START_MS);
        return room >= 0;
      },
    });
    stage.time.at(START_MS + 300, () => (room = 3));
    stage.run(1_000);
    expect(taken).toEqual([300, 300, 300]);
  });

  it('waits for nobody if that is wanted, or if the recorded device was not started either', () => {
    expect(new Stage(streamed(3), { waitsForStart: false }).run(500).readings).toHaveLength(3);
    const passive = recordingOf([reading(20, 0), reading(40, 1)]);
    expect(new Stage(passive).run(500).readings).toHaveLength(2);
    expect(new Stage(passive, { waitsForStart: true }).run(500).readings).toHaveLength(0);
  });

  it('stops for STOP and goes on for START', () => {
    const stage = new Stage(streamed(4));
    stage.ask('1', { kind: 'start', rateHz: 50 });
    stage.run(225);
    expect(stage.ask('2', { kind: 'stop' })).toEqual([{ kind: 'stopped', tag: '2', seq: 2 }]);
    stage.run(500);
    expect(stage.readings).toHaveLength(2);
    stage.ask('3', { kind: 'start', rateHz: 50 });
    expect(stage.run(600).readings.map(({ ms }) => ms)).toEqual([200, 220, 500, 520]);
    expect(stage.ask('4', { kind: 'stop' })).toEqual([{ kind: 'stopped', tag: '4', seq: 4 }]);
  });

  it('answers as the recorded device would, under the tag of whoever asks', () => {
    const stage = new Stage(streamed(1)).run(170);
    // The first word of the recorded host came at 105 ms.
    const ticks = 105 - 8;
    expect(stage.ask('a1', { kind: 'identify' })).toEqual([
      {
        kind: 'id',
        tag: 'a1',
        model: 'REAL-2',
        serialNumber: RECORDED_SERIAL,
        firmware: '3.1',
        boot: RECORDED_BOOT,
      },
    ]);
    expect(stage.ask('b', { kind: 'capabilities' })).toEqual([
      { kind: 'caps', tag: 'b', maxRateHz: 80, options: ['SYNC', 'PPM300'] },
    ]);
    expect(stage.ask('c', { kind: 'sync', hostMs: 1_655_564_444_103 })).toEqual([
      { kind: 'synced', tag: 'c', hostMs: 1_655_564_444_103, rxTicks: ticks, txTicks: ticks },
    ]);
    expect(stage.ask('d', { kind: 'ping' })).toEqual([{ kind: 'pong', tag: 'd' }]);
    expect(stage.ask('e', { kind: 'start', rateHz: 81 })).toMatchObject([
      { kind: 'error', code: 4 },
    ]);
    expect(stage.ask('f', { kind: 'reboot', seq: 1, ticks: 1 })).toMatchObject([{ code: 3 }]);
    stage.device.receive('ID?*0000\r\n\r\n');
    expect(stage.sent.at(-1)?.bytes).toBe('=ERR,,1*34E4\r\n');
  });

  it('refuses what the recorded device refused', () => {
    const refusing = recordingOf([
      said(1, { kind: 'boot', boot: RECORDED_BOOT, why: 'PWR' }),
      asked(10, '1', { kind: 'capabilities' }),
      said(20, { kind: 'error', tag: '1', code: 3 }),
    ]);
    const stage = new Stage(refusing).run(30);
    expect(stage.ask('x', { kind: 'capabilities' })).toEqual([
      { kind: 'error', tag: 'x', code: 3 },
    ]);
  });

  it('says nothing to anybody when the device was of level 0', () => {
    const raw = '{"sensorReadingTime":10,"serialNumber":"a","distanceFromObject":2}\r\n';
    const stage = new Stage(recordingOf([said(10, raw)])).run(10_000);
    expect(stage.ask('1', { kind: 'identify' })).toEqual([]);
    // Such a device knows the time of day.
    expect(stage.sent).toEqual([{ ms: 10, bytes: raw.replace('10', String(START_MS + 10)) }]);
  });

  it('takes commands in pieces, and of an endless one only what a line holds', () => {
    const stage = new Stage(streamed(1)).run(170);
    const before = stage.sent.length;
    for (const byte of encodeHostCommand('5', { kind: 'ping' })) stage.device.receive(byte);
    stage.device.receive('x'.repeat(100_000));
    stage.device.receive('\n');
    expect(stage.sent.slice(before).map(({ bytes }) => bytes)).toEqual([
      expect.stringMatching(/^=OK,5,PING,/),
      '=ERR,,2*0487\r\n',
    ]);
  });

  it('lives on while it waits, and after its end', () => {
    const beats = (stage: Stage): number =>
      stage.sent.filter(({ bytes }) => bytes.startsWith('!HB')).length;
    expect(beats(new Stage(streamed(1)).run(20_000))).toBeGreaterThanOrEqual(4);
    const ended = new Stage(streamed(1), { waitsForStart: false }).run(20_000);
    expect(beats(ended)).toBeGreaterThanOrEqual(4);
    const line = decodeDeviceLine(ended.sent.at(-1)?.bytes.trimEnd() ?? '');
    expect(line).toEqual({
      kind: 'heartbeat',
      boot: RECORDED_BOOT,
      ticks: (ended.sent.at(-1)?.ms ?? 0) - 8,
    });
    ended.device.stop();
    const { length } = ended.sent;
    expect(ended.run(60_000).sent).toHaveLength(length);
  });

  it('waits to be started again after each boot, under the identity of that boot', () => {
    const twice = recordingOf([
      ...streamed(2).lines,
      said(300, { kind: 'boot', boot: '0002', why: 'WDT' }),
      asked(310, '9', { kind: 'identify' }),
      introduced(320, '9', '0002'),
      said(400, { kind: 'reading', boot: '0002', seq: 0, ticks: 92, distance: 7, flags: 0 }),
    ]);
    const booted: number[] = [];
    const stage = new Stage(twice, { onBoot: (index) => booted.push(index) });
    stage.ask('1', { kind: 'start', rateHz: 50 });
    stage.run(500);
    expect(booted).toEqual([0]);
    expect(stage.readings).toHaveLength(2);
    // The recorded host asked at 310 ms, when the counter stood at 2.
    expect(stage.ask('2', { kind: 'identify' })).toMatchObject([{ boot: '0002' }]);
    expect(booted).toEqual([0, 1]);
    expect(stage.ask('3', { kind: 'sync', hostMs: 1 })).toMatchObject([{ rxTicks: 2 }]);
    stage.ask('4', { kind: 'start', rateHz: 50 });
    expect(stage.run(600).readings.map(({ ms }) => ms)).toEqual([200, 220, 590]);
  });

  it('runs as much faster as it is told', () => {
    const stage = new Stage(streamed(3), { speed: 10, waitsForStart: false }).run(100);
    expect(stage.readings.map(({ ms }) => ms)).toEqual([20, 22, 24]);
    expect(stage.endedMs).toBe(24);
  });

  it('tells the time of a reading by the clock that it tells in SYNC, however late the host was', () => {
    const stage = new Stage(streamed(3)).run(1_105);
    stage.ask('1', { kind: 'ping' });
    const script = writeReplayScript(streamed(3));
    const times = script.lines
      .filter(({ isStream }) => isStream)
      .map((line) => stage.device.timeOf(line) - START_MS);
    expect(times).toEqual([1_200, 1_220, 1_240]);
  });

  it('answers every command, when there is room, in order and before it goes on with the recording', () => {
    const sent: string[] = [];
    let room = 1;
    const stage = new Stage(streamed(3), { send: (bytes) => room-- > 0 && sent.push(bytes) > 0 });
    stage.run(150);
    expect(sent).toHaveLength(1);
    room = 0;
    stage.device.receive('@1 PING\n@2 START 50\n@3 PING\n');
    stage.run(1_000);
    expect([sent.length, stage.device.isHeldUp]).toEqual([1, true]);
    room = 100;
    stage.run(3_000);
    const kinds = sent.map((bytes) => decodeDeviceLine(bytes.trimEnd()).kind);
    expect(kinds.join(' ')).toBe('boot pong started pong reading reading reading');
    expect(stage.device.isHeldUp).toBe(false);
    stage.device.stop();
    stage.device.receive('PING\n');
    expect(sent).toHaveLength(7);
  });
});
