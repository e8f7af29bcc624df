import { describe, expect, it } from 'vitest';
import {
  FLAG_DROPPED_BEFORE,
  FLAG_OUT_OF_RANGE,
  TICKS_MAX,
} from '../../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../../firmware-protocol/index.ts';
import {
  FREE_RUNNING_OPTIONS,
  stepTrainer,
  STEPWISE_OPTIONS,
  TRAINER_OFF,
} from '../../../simulator/core/trainer.ts';
import type {
  RunningTrainer,
  TrainerEffect,
  TrainerEvent,
  TrainerState,
} from '../../../simulator/core/trainer.ts';
import { BOOT, IDLE, POWER_ON, SERIAL_NUMBER, STREAMING } from './trainer-states.ts';

const send = (line: DeviceLine): TrainerEffect => ({ kind: 'send', line });
const wake = (atTicks: number): TrainerEffect => ({ kind: 'wake', atTicks });
const received = (bytes: string, ticks = 700): TrainerEvent => ({ kind: 'received', bytes, ticks });
const sampled = (distance: number, ticks = 700): TrainerEvent => ({
  kind: 'sampled',
  distance,
  ticks,
});
const woken = (ticks: number): TrainerEvent => ({ kind: 'woken', ticks });
const reading = (seq: number, distance: number, ticks = 700, flags = 0): TrainerEffect =>
  send({ kind: 'reading', boot: BOOT, seq, ticks, distance, flags });

const NOTHING: readonly TrainerEffect[] = [];
const BUSY: RunningTrainer = { ...STREAMING, seq: 17, droppedBefore: true, input: 'STO' };

type Row = readonly [
  what: string,
  from: TrainerState,
  event: TrainerEvent,
  to: TrainerState,
  effects: readonly TrainerEffect[],
];

describe('stepTrainer: power', () => {
  it.each<Row>([
    [
      'power makes it boot, and tell so',
      TRAINER_OFF,
      POWER_ON,
      IDLE,
      [send({ kind: 'boot', boot: BOOT, why: 'PWR' }), wake(4_000)],
    ],
    [
      'power again is a new start that forgets everything',
      BUSY,
      { ...POWER_ON, boot: '0001', why: 'WDT' } as TrainerEvent,
      { ...IDLE, boot: '0001' },
      [send({ kind: 'boot', boot: '0001', why: 'WDT' }), wake(4_000)],
    ],
    ['without power it stops', BUSY, { kind: 'power-off' }, TRAINER_OFF, NOTHING],
    ['off: losing power', TRAINER_OFF, { kind: 'power-off' }, TRAINER_OFF, NOTHING],
    ['off: a command', TRAINER_OFF, received('ID?\n'), TRAINER_OFF, NOTHING],
    ['off: a sample', TRAINER_OFF, sampled(250), TRAINER_OFF, NOTHING],
    ['off: an overrun', TRAINER_OFF, { kind: 'overrun' }, TRAINER_OFF, NOTHING],
    ['off: a wake-up', TRAINER_OFF, woken(4_000), TRAINER_OFF, NOTHING],
  ])('%s', (_what, from, event, to, effects) => {
    expect(stepTrainer(from, event)).toEqual({ state: to, effects });
  });
});

describe('stepTrainer: readings', () => {
  const sent = (change: Partial<RunningTrainer>): RunningTrainer => ({
    ...STREAMING,
    lastSentTicks: 700,
    ...change,
  });
  const dropped: RunningTrainer = { ...STREAMING, seq: 9, droppedBefore: true };

  it.each<Row>([
    ['none before START', IDLE, sampled(250), IDLE, NOTHING],
    ['none after STOP', { ...IDLE, seq: 17 }, sampled(250), { ...IDLE, seq: 17 }, NOTHING],
    ['the first has seq 0', STREAMING, sampled(250), sent({ seq: 1 }), [reading(0, 250)]],
    [
      'the last before the wrap has seq 65535',
      { ...STREAMING, seq: 65_535 },
      sampled(201),
      sent({ seq: 0 }),
      [reading(65_535, 201)],
    ],
    [
      'the largest tick count',
      STREAMING,
      sampled(300, TICKS_MAX),
      sent({ seq: 1, lastSentTicks: TICKS_MAX }),
      [reading(0, 300, TICKS_MAX)],
    ],
    ['an overrun is remembered', { ...STREAMING, seq: 9 }, { kind: 'overrun' }, dropped, NOTHING],
    ['a second overrun changes nothing', dropped, { kind: 'overrun' }, dropped, NOTHING],
    [
      'the reading after an overrun says so',
      dropped,
      sampled(250),
      sent({ seq: 10 }),
      [reading(9, 250, 700, FLAG_DROPPED_BEFORE)],
    ],
    [
      'a sensor that sees nothing says so, beside what else there is to say',
      dropped,
      { kind: 'sampled', distance: 2_000, outOfRange: true, ticks: 700 },
      sent({ seq: 10 }),
      [reading(9, 2_000, 700, FLAG_OUT_OF_RANGE | FLAG_DROPPED_BEFORE)],
    ],
    [
      'the one after that does not',
      sent({ seq: 10 }),
      sampled(251),
      sent({ seq: 11 }),
      [reading(10, 251)],
    ],
    [
      'an overrun while idle is told with the first reading',
      { ...IDLE, droppedBefore: true },
      received('START 50\n'),
      { ...STREAMING, droppedBefore: true, lastSentTicks: 700 },
      [send({ kind: 'started', tag: '', rateHz: 50 })],
    ],
  ])('%s', (_what, from, event, to, effects) => {
    expect(stepTrainer(from, event)).toEqual({ state: to, effects });
  });
});

describe('stepTrainer: commands', () => {
  it.each<[command: string, answer: DeviceLine, change: Partial<RunningTrainer>]>([
    [
      '@9 ID?',
      {
        kind: 'id',
        tag: '9',
        model: 'ST-1',
        serialNumber: SERIAL_NUMBER,
        firmware: '1.0.0',
        boot: BOOT,
      },
      {},
    ],
    ['CAPS?', { kind: 'caps', tag: '', maxRateHz: 200, options: [...STEPWISE_OPTIONS] }, {}],
    ['@a1 START 1', { kind: 'started', tag: 'a1', rateHz: 1 }, { rateHz: 1 }],
    ['START 200', { kind: 'started', tag: '', rateHz: 200 }, { rateHz: 200 }],
    ['START 50', { kind: 'started', tag: '', rateHz: 50 }, {}],
    ['STOP', { kind: 'stopped', tag: '', seq: 17 }, { rateHz: 0 }],
    [
      '@8 SYNC 1655564444103',
      { kind: 'synced', tag: '8', hostMs: 1_655_564_444_103, rxTicks: 700, txTicks: 700 },
      {},
    ],
    ['@8 PING', { kind: 'pong', tag: '8' }, {}],
    ['@9 ID?*ABCD', { kind: 'error', tag: '', code: 1 }, {}],
    ['PING*', { kind: 'error', tag: '', code: 1 }, {}],
    [`@9 ${'X'.repeat(78)}`, { kind: 'error', tag: '', code: 2 }, {}],
    ['PI\u0000NG', { kind: 'error', tag: '', code: 2 }, {}],
    ['PI\u00ffNG', { kind: 'error', tag: '', code: 2 }, {}],
    ['@9 JUMP', { kind: 'error', tag: '9', code: 3 }, {}],
    ['ping', { kind: 'error', tag: '', code: 3 }, {}],
    ['@9 START', { kind: 'error', tag: '9', code: 4 }, {}],
    ['@9 START 0', { kind: 'error', tag: '9', code: 4 }, {}],
    ['@9 START 201', { kind: 'error', tag: '9', code: 4 }, {}],
    ['@9 START 5 5', { kind: 'error', tag: '9', code: 4 }, {}],
    ['SYNC soon', { kind: 'error', tag: '', code: 4 }, {}],
    ['@9 REBOOT', { kind: 'error', tag: '9', code: 4 }, {}],
    ['REBOOT 65536 0', { kind: 'error', tag: '', code: 4 }, {}],
    ['STOP now', { kind: 'error', tag: '', code: 4 }, {}],
    ['@ PING', { kind: 'error', tag: '', code: 4 }, {}],
    ['@toolong PING', { kind: 'error', tag: '', code: 4 }, {}],
  ])('answers %j', (command, line, change) => {
    const from: RunningTrainer = { ...STREAMING, seq: 17 };
    expect(stepTrainer(from, received(`${command}\r\n`))).toEqual({
      state: { ...from, ...change, lastSentTicks: 700 },
      effects: [send(line)],
    });
  });

  it.each(['\n', '\r\n', '\n\r\n\n'])(
    'does not answer empty lines, nor counts them: %j',
    (bytes) => {
      expect(stepTrainer(IDLE, received(bytes))).toEqual({ state: IDLE, effects: [] });
    },
  );

  it.each([
    ['LF alone ends a line', 'PING\n', 1],
    ['CR LF does', 'PING\r\n', 1],
    ['CR alone does not', 'PING\r', 0],
    ['no end, no answer', 'PING', 0],
    ['several commands at once', '@1 PING\n@2 PING\r\n\n@3 PING\n@4 PI', 3],
  ])('%s', (_what, bytes, answers) => {
    const { effects } = stepTrainer(IDLE, received(bytes));
    const tags = answers === 1 ? [''] : ['1', '2', '3'].slice(0, answers);
    expect(effects).toEqual(tags.map((tag) => send({ kind: 'pong', tag })));
  });

  it('answers a command that says CR LF twice with a bad byte', () => {
    expect(stepTrainer(IDLE, received('PING\r\r\n')).effects).toEqual([
      send({ kind: 'error', tag: '', code: 2 }),
    ]);
  });
});

describe('stepTrainer: options', () => {
  const free: RunningTrainer = { ...STREAMING, options: FREE_RUNNING_OPTIONS };
  const bare: RunningTrainer = { ...STREAMING, options: [] };

  it('power makes it a device of another kind, with names and a greatest rate of its own', () => {
    const product = { model: 'X-9', firmware: '2.1', maxRateHz: 50 };
    const { state } = stepTrainer(TRAINER_OFF, { ...POWER_ON, product } as TrainerEvent);
    const said = (line: string): unknown => stepTrainer(state, received(line)).effects[0];
    expect(said('ID?\n')).toMatchObject({ line: { model: 'X-9', firmware: '2.1' } });
    expect(said('CAPS?\n')).toMatchObject({ line: { maxRateHz: 50 } });
    expect(said('START 50\n')).toMatchObject({ line: { kind: 'started', rateHz: 50 } });
    expect(said('START 51\n')).toMatchObject({ line: { kind: 'error', code: 4 } });
  });

  it('power gives it the options of its kind, and CAPS? tells them', () => {
    const event = { ...POWER_ON, options: FREE_RUNNING_OPTIONS } as TrainerEvent;
    expect(stepTrainer(TRAINER_OFF, event).state).toEqual({ ...free, rateHz: 0 });
    const options = ['SYNC', 'REBOOT', 'PPM200'];
    expect(stepTrainer(free, received('CAPS?\n')).effects).toEqual([
      send({ kind: 'caps', tag: '', maxRateHz: 200, options }),
    ]);
  });

  it.each(['SYNC 1', 'SYNC soon', 'REBOOT 0 0', 'REBOOT'])(
    'without its option %s is unknown',
    (command) => {
      expect(stepTrainer(bare, received(`@7 ${command}\n`))).toEqual({
        state: { ...bare, lastSentTicks: 700 },
        effects: [send({ kind: 'error', tag: '7', code: 3 })],
      });
    },
  );
});

describe('stepTrainer: reboot', () => {
  const restart: TrainerEffect = { kind: 'restart', seq: 65_530, ticks: 4_294_967_000 };

  it('answers, is off, and asks for the start with these counters', () => {
    expect(stepTrainer(BUSY, received('P\n@5 REBOOT 65530 4294967000\n'))).toEqual({
      state: TRAINER_OFF,
      effects: [
        send({ kind: 'stopped', tag: '', seq: 17 }),
        send({ kind: 'rebooting', tag: '5' }),
        restart,
      ],
    });
  });

  it('loses what was sent behind it in the same breath', () => {
    const { effects } = stepTrainer(IDLE, received('REBOOT 65530 4294967000\n@1 PING\n@2 PI'));
    expect(effects).toEqual([send({ kind: 'rebooting', tag: '' }), restart]);
  });

  it('starts with the counters that it is given', () => {
    const event = { ...POWER_ON, why: 'TEST', seq: 65_535, ticks: TICKS_MAX - 1 } as TrainerEvent;
    const begun: RunningTrainer = { ...IDLE, seq: 65_535, lastSentTicks: TICKS_MAX - 1 };
    expect(stepTrainer(TRAINER_OFF, event)).toEqual({
      state: begun,
      effects: [send({ kind: 'boot', boot: BOOT, why: 'TEST' }), wake(3_998)],
    });
  });
});

describe('stepTrainer: heartbeat', () => {
  const quietSince = (lastSentTicks: number): RunningTrainer => ({ ...IDLE, lastSentTicks });
  const beat = (ticks: number): TrainerEffect => send({ kind: 'heartbeat', boot: BOOT, ticks });

  it.each<[what: string, sinceTicks: number, ticks: number, effects: readonly TrainerEffect[]]>([
    ['after 4 s of silence', 1_000, 5_000, [beat(5_000), wake(9_000)]],
    ['not a tick earlier', 1_000, 4_999, [wake(5_000)]],
    ['at once when a wake-up was late', 1_000, 7_777, [beat(7_777), wake(11_777)]],
    ['across the wrap', TICKS_MAX - 999, 3_000, [beat(3_000), wake(7_000)]],
    ['not a tick earlier across the wrap', TICKS_MAX - 999, 2_999, [wake(3_000)]],
    ['at the last tick', TICKS_MAX - 4_000, TICKS_MAX, [beat(TICKS_MAX), wake(3_999)]],
    ['at tick 0', TICKS_MAX - 3_999, 0, [beat(0), wake(4_000)]],
  ])('%s', (_what, sinceTicks, ticks, effects) => {
    const beats = effects.length === 2;
    expect(stepTrainer(quietSince(sinceTicks), woken(ticks))).toEqual({
      state: quietSince(beats ? ticks : sinceTicks),
      effects,
    });
  });

  it('comes while readings are asked for and none is there', () => {
    expect(stepTrainer(STREAMING, woken(4_000)).effects).toEqual([beat(4_000), wake(8_000)]);
  });
});
