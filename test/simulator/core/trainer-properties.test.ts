import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeDeviceLine,
  encodeDeviceLine,
  encodeHostCommand,
  MAX_LINE_BYTES,
} from '../../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../../firmware-protocol/index.ts';
import { stepTrainer, TRAINER_OFF } from '../../../simulator/core/trainer.ts';
import type {
  RunningTrainer,
  TrainerEvent,
  TrainerState,
} from '../../../simulator/core/trainer.ts';
import { commands } from '../../properties/stl1-arbitraries.ts';
import { IDLE, POWER_ON, STREAMING } from './trainer-states.ts';

interface Run {
  readonly state: TrainerState;
  readonly lines: readonly DeviceLine[];
}

function run(from: TrainerState, events: Iterable<TrainerEvent>): Run {
  let state = from;
  const lines: DeviceLine[] = [];
  for (const event of events) {
    const step = stepTrainer(state, event);
    state = step.state;
    for (const effect of step.effects) if (effect.kind === 'send') lines.push(effect.line);
  }
  return { state, lines };
}

const received = (bytes: string): TrainerEvent => ({ kind: 'received', bytes, ticks: 700 });
const noise = fc.string({
  unit: fc.constantFrom('\n', '\r', ' ', '@', '*', '1', 'P', 'I', 'N', 'G', '\u00ff'),
  maxLength: 100,
  size: 'max',
});
const commandText = fc.oneof(
  commands.map(({ tag, command }) => encodeHostCommand(tag, command)),
  noise.map((text) => `${text}\n`),
);
const streams = fc.array(commandText, { maxLength: 8 }).map((texts) => texts.join(''));
const ticks = fc.nat(0xffff_ffff);
const events: fc.Arbitrary<TrainerEvent> = fc.oneof(
  fc.record({ kind: fc.constant('received'), bytes: commandText, ticks }),
  fc.record({ kind: fc.constant('sampled'), distance: fc.nat(0xffff), ticks }),
  fc.record({ kind: fc.constant('woken'), ticks }),
  fc.constant<TrainerEvent>({ kind: 'overrun' }),
);

describe('a trainer', () => {
  it('answers the same however a stream of commands is cut into chunks', () => {
    const cuts = fc.array(fc.nat(400), { maxLength: 12 });
    fc.assert(
      fc.property(streams, cuts, (stream, at) => {
        const edges = [0, ...at.toSorted((a, b) => a - b), stream.length];
        const chunks = edges.slice(1).map((end, index) => stream.slice(edges[index], end));
        const whole = run(IDLE, [received(stream)]);
        expect(run(IDLE, chunks.map(received))).toEqual(whole);
        expect(run(IDLE, stream.split('').map(received))).toEqual(whole);
      }),
    );
  });

  it('answers each line that is not empty exactly once', () => {
    fc.assert(
      fc.property(streams, (stream) => {
        const asked = stream.split('\n').filter((line) => line !== '' && line !== '\r');
        const { state, lines } = run(IDLE, [received(stream)]);
        // Behind a REBOOT it is deaf until it has power again.
        const reboots = lines.findIndex((line) => line.kind === 'rebooting');
        expect(lines).toHaveLength(reboots === -1 ? asked.length : reboots + 1);
        expect(state.power).toBe(reboots === -1 ? 'on' : 'off');
      }),
    );
  });

  it('holds no more than a line of input, and answers again after it', () => {
    const babble = Array.from({ length: 200 }, () => received('x'.repeat(997)));
    const { state, lines } = run(IDLE, babble);
    expect((state as RunningTrainer).input.length).toBe(MAX_LINE_BYTES);
    expect(lines).toEqual([]);
    expect(run(state, [received('\nPING\n')]).lines).toEqual([
      { kind: 'error', tag: '', code: 2 },
      { kind: 'pong', tag: '' },
    ]);
  });

  it('numbers its readings one by one, whatever else happens', () => {
    const start = fc.nat(0xffff);
    fc.assert(
      fc.property(start, fc.array(events, { maxLength: 60 }), (seq, all) => {
        const { lines } = run({ ...STREAMING, seq }, all);
        const numbers = lines.filter((line) => line.kind === 'reading').map((line) => line.seq);
        expect(numbers).toEqual(numbers.map((_, index) => (seq + index) & 0xffff));
      }),
    );
  });

  it('counts on through STOP and START, and wraps from 65535 to 0', () => {
    const sampled: TrainerEvent = { kind: 'sampled', distance: 250, ticks: 700 };
    const all = [sampled, received('STOP\nSTART 50\n'), sampled, received('START 20\n'), sampled];
    const { lines } = run({ ...STREAMING, seq: 65_534 }, all);
    expect(lines.map((line) => ('seq' in line ? `${line.kind} ${line.seq}` : line.kind))).toEqual([
      'reading 65534',
      'stopped 65535',
      'started',
      'reading 65535',
      'started',
      'reading 0',
    ]);
  });

  it('sends readings only between START and STOP', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), (all) => {
        const kinds = run(TRAINER_OFF, [POWER_ON, ...all]).lines.map((line) => line.kind);
        const unasked = kinds.filter((kind, index) => {
          const before = kinds.slice(0, index);
          const streams = before.lastIndexOf('started') > before.lastIndexOf('stopped');
          return kind === 'reading' && !streams;
        });
        expect(unasked).toEqual([]);
      }),
    );
  });

  it('sends nothing but lines that a host can read', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (all) => {
        for (const line of run(TRAINER_OFF, [POWER_ON, ...all]).lines) {
          const bytes = encodeDeviceLine(line);
          expect(bytes.length).toBeLessThanOrEqual(MAX_LINE_BYTES);
          expect(decodeDeviceLine(bytes.slice(0, -1))).toEqual(line);
        }
      }),
    );
  });

  it('is never silent for longer than 5 s while it is on', () => {
    const busy = fc.array(
      fc.tuple(fc.nat(9_000), fc.constantFrom('START 50\n', 'STOP\n', 'PING\n', '', 'sample')),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(busy, fc.nat(0xffff_ffff), (inputs, bootTicks) => {
        const sentAt = silenceOf(inputs, bootTicks);
        const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] as number));
        expect(gaps.every((gap) => gap <= 5_000)).toBe(true);
        expect(gaps.length).toBeGreaterThan(0);
      }),
    );
  });
});

/** Plays inputs (ms after the one before, what) and wake-ups in the order of time; gives the times at which lines went out. */
function silenceOf(inputs: readonly (readonly [number, string])[], bootTicks: number): number[] {
  const toTicks = (ms: number): number => (bootTicks + ms) % 2 ** 32;
  let state: TrainerState = { ...IDLE, lastSentTicks: toTicks(0) };
  let wakeMs = 4_000;
  const sentAt = [0];
  const advance = (event: TrainerEvent, nowMs: number): void => {
    const step = stepTrainer(state, event);
    state = step.state;
    for (const effect of step.effects) {
      if (effect.kind === 'send') sentAt.push(nowMs);
      else if (effect.kind === 'wake')
        wakeMs = nowMs + ((effect.atTicks - toTicks(nowMs) + 2 ** 32) % 2 ** 32);
    }
  };
  const wakeUntil = (endMs: number): void => {
    for (let count = 0; wakeMs <= endMs; count++) {
      if (count > 100) throw new RangeError('The trainer wakes up again and again');
      const nowMs = wakeMs;
      wakeMs = Number.POSITIVE_INFINITY;
      advance({ kind: 'woken', ticks: toTicks(nowMs) }, nowMs);
    }
  };
  let nowMs = 0;
  for (const [pauseMs, what] of inputs) {
    nowMs += pauseMs;
    wakeUntil(nowMs);
    const ticksNow = toTicks(nowMs);
    if (what === 'sample') advance({ kind: 'sampled', distance: 250, ticks: ticksNow }, nowMs);
    else advance({ kind: 'received', bytes: what, ticks: ticksNow }, nowMs);
  }
  wakeUntil(nowMs + 20_000);
  sentAt.push(nowMs + 20_000);
  return sentAt;
}
