/** What a bridge that is started again knows of the devices that went on sending. */
import { describe, expect, it } from 'vitest';
import { Bridge } from '../../bridge/bridge.ts';
import type { LastReading } from '../../bridge/core/device-roster.ts';
import type { RecordStore } from '../../bridge/ports.ts';
import { encodeDeviceLine } from '../../firmware-protocol/index.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';
import { FakeChannel, NOON_MS, SERIAL_NUMBER } from './bridge-stage.ts';

const BOOT = '7F3A';
/** The answer to the question with this tag: it is asked again after a boot. */
const identityOf = (tag: string): string =>
  encodeDeviceLine({
    kind: 'id',
    tag,
    model: 'ST-1',
    serialNumber: SERIAL_NUMBER,
    firmware: '1.0.0',
    boot: BOOT,
  });
const ID = identityOf('1');
const BOOTS = encodeDeviceLine({ kind: 'boot', boot: BOOT, why: 'PWR' });
const LAST: LastReading = { serialNumber: SERIAL_NUMBER, boot: BOOT, seq: 11, ticks: 220 };

/** The line of a reading at 50 Hz, of a device that has run for `lateMs` longer than its number says. */
function readingOf(seq: number, lateMs = 0, boot = BOOT): string {
  const ticks = 20 * seq + lateMs;
  return encodeDeviceLine({ kind: 'reading', boot, seq, ticks, distance: 250, flags: 0 });
}

/** A bridge with a device that it has asked who it is. `remembered` is from the start before. */
function start(...remembered: readonly LastReading[]) {
  const time = new VirtualTime(NOON_MS);
  const events: string[] = [];
  const rejects: string[] = [];
  const state = { isFull: false };
  let makeRoom = (): void => undefined;
  const store: RecordStore = {
    append: (_table, lines) => {
      rejects.push((JSON.parse(Buffer.from(lines).toString()) as { reason: string }).reason);
    },
    flush: () => events.push('flush'),
    get isFull() {
      return state.isFull;
    },
    onRoom: (listener) => (makeRoom = listener),
  };
  const memory = {
    remembered,
    keep: ({ seq }: LastReading): void => void events.push(`keep ${seq}`),
  };
  const bridge = new Bridge({ store, timers: time, memory });
  const channel = new FakeChannel('fake:1');
  bridge.attach(channel, 57_600);
  time.at(NOON_MS + 1_000, () => undefined);
  time.run(NOON_MS + 1_000, 100);
  const send = (...lines: readonly string[]): void => channel.send(lines.join(''));
  const fill = (isFull: boolean): void => {
    state.isFull = isFull;
    if (!isFull) makeRoom();
  };
  return { bridge, events, rejects, send, fill };
}

describe('after a restart', () => {
  it('counts the readings that nobody took, those before the introduction too', () => {
    const { bridge, send, rejects } = start(LAST);
    send(readingOf(20));
    send(ID, readingOf(22));
    expect(bridge.devices[0]).toMatchObject({ missing: 10 });
    expect(rejects).toEqual(['boot-not-introduced', 'clock-not-fitted']);
    send(readingOf(23), readingOf(25));
    expect(bridge.devices[0]).toMatchObject({ missing: 11 });
  });

  it('counts none when the device went on where it was', () => {
    const { bridge, send } = start(LAST);
    send(ID, readingOf(12));
    expect(bridge.devices[0]).toMatchObject({ missing: 0 });
  });

  it.each<[string, LastReading, readonly string[]]>([
    ['has started again, and says so', LAST, [BOOTS, identityOf('2'), readingOf(22)]],
    ['has started again under another id', { ...LAST, boot: '0001' }, [ID, readingOf(22)]],
    ['has drawn the same id again', { ...LAST, ticks: 9_000 }, [ID, readingOf(22)]],
    ['is another one', { ...LAST, serialNumber: 'another' }, [ID, readingOf(22)]],
  ])('counts none when the device %s', (_what, last, lines) => {
    const { bridge, send, rejects } = start(last);
    send(...lines);
    expect(bridge.devices[0]).toMatchObject({ missing: 0, repeated: 0 });
    expect(rejects).toEqual(['clock-not-fitted']);
  });
});

describe('for the next start', () => {
  it('is remembered what is believed, before it is written', () => {
    const { send, events } = start();
    send(ID);
    send(readingOf(10), readingOf(11));
    // Such a reading cannot be.
    send(readingOf(9_000, -179_700));
    send(readingOf(12));
    expect(events).toEqual(['flush', 'keep 11', 'flush', 'flush', 'keep 12', 'flush']);
  });

  it('is not remembered what waits for room, until there is some', () => {
    const { send, events, fill } = start();
    send(ID, readingOf(10));
    fill(true);
    send(readingOf(11));
    send(readingOf(12));
    expect(events).toEqual(['keep 10', 'flush', 'flush', 'flush']);
    fill(false);
    expect(events.at(-1)).toBe('keep 12');
  });
});
