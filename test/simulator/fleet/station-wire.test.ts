import { describe, expect, it } from 'vitest';
import type { ChunkFault, WireDamage, WireFault } from '../../../simulator/core/faults.ts';
import { TruthLedger } from '../../../simulator/core/truth-ledger.ts';
import type { TruthDistance } from '../../../simulator/core/truth-ledger.ts';
import { WireInjector } from '../../../simulator/core/wire-injector.ts';
import { StationWire } from '../../../simulator/fleet/station-wire.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';
import { RecordedPort } from './recorded-links.ts';

const LINE = '$R,7F3A,0,421,181,0*0D16\r\n';
const SPAN = { atMs: 0, untilMs: 1_000 };

class Scene {
  readonly time = new VirtualTime(0);
  readonly ledger = new TruthLedger();
  readonly port = new RecordedPort(0);
  readonly wire: StationWire;

  constructor(faults: readonly WireFault[] = [], chunkFaults: readonly ChunkFault[] = []) {
    const streams = seededStreams(1);
    this.wire = new StationWire({
      port: this.port,
      timers: this.time,
      ledger: this.ledger,
      injector: new WireInjector(faults, streams),
      chunkFaults,
      chunkRandom: streams('chunks'),
    });
  }

  /** Sends a reading and gives back its truth. */
  send(text = LINE): TruthDistance {
    const truth = this.ledger.addDistance({
      person: 0,
      step: 0,
      atMs: 0,
      serialNumber: undefined,
      distance: 1,
    });
    this.wire.send({ text, truth });
    return truth;
  }

  run(timeMs: number): void {
    this.time.at(timeMs, () => undefined);
    this.time.run(timeMs, 1_000);
  }
}

function faultOf(damage: WireDamage, change: Partial<WireFault> = {}): WireFault {
  return { kind: 'wire', damage, station: 0, from: 'device', rate: 1, ...SPAN, ...change };
}

const chunksOf = (size: ChunkFault['size']): ChunkFault => ({
  kind: 'chunks',
  station: 0,
  size,
  ...SPAN,
});

describe('a reading on the wire', () => {
  it('is sent once it has arrived, lost until then, and never sent when there was no room', () => {
    const scene = new Scene();
    expect(scene.send().fate).toBe('sent');
    scene.port.arrives = false;
    expect(scene.send().fate).toBe('lost');
    scene.port.hasRoom = false;
    expect(scene.send().fate).toBe('never-sent');
    expect(scene.ledger.damagedLines).toEqual([]);
  });

  it('is garbled when bytes are missing, with its neighbour when it is the line end', () => {
    const scene = new Scene([faultOf('merge', { count: 1 })]);
    const [first, second, third] = [scene.send(), scene.send(), scene.send()];
    expect([first, second, third].map(({ fate }) => fate)).toEqual(['garbled', 'garbled', 'sent']);
    expect(scene.ledger.damagedLines).toHaveLength(1);
    expect(scene.ledger.occurrences('lines-merged')).toBe(1);
  });

  it('tells how often it arrived, if more than once', () => {
    const scene = new Scene([faultOf('duplicate', { count: 1 })]);
    const truths = Array.from({ length: 20 }, () => scene.send());
    expect(truths.slice(1).map(({ arrivals }) => arrivals)).toEqual(
      truths.slice(1).map(() => undefined),
    );
    expect(truths[0]?.arrivals ?? scene.ledger.damagedLines.length).toBeGreaterThan(0);
  });

  it('is garbled when the cable is pulled in front of its line end', () => {
    const scene = new Scene([faultOf('merge', { count: 1 })]);
    const truth = scene.send();
    expect(truth.fate).toBe('lost');
    scene.wire.close();
    expect(truth.fate).toBe('garbled');
    expect(scene.port.isOpen).toBe(false);
  });

  it('is lost when nothing of it is left, although its device got rid of it', () => {
    const scene = new Scene([faultOf('drop')]);
    const truths = Array.from({ length: 50 }, () => scene.send('a\r\n'));
    const lost = truths.filter(({ fate }) => fate === 'lost');
    expect(lost.length).toBeGreaterThan(10);
    expect(scene.port.sent).not.toContain('');
  });

  it('goes out in part when its device has no power for more', () => {
    const scene = new Scene();
    const truth = scene.send();
    scene.wire.send({ text: LINE, sent: '$R,7F', truth });
    scene.wire.send({ text: LINE });
    expect(scene.ledger.damagedLines).toEqual([`$R,7F${LINE.slice(0, -1)}`]);
  });
});

describe('what the host sends', () => {
  it('is damaged by the faults of that direction', () => {
    const scene = new Scene([faultOf('cr-only', { from: 'host' })]);
    const received: string[] = [];
    scene.wire.onReceive((bytes) => received.push(bytes));
    scene.port.receive('PING\r\n');
    scene.run(1_000);
    scene.port.receive('PING\r\n');
    expect(received).toEqual(['PING\r', 'PING\r\n']);
    expect(scene.send().fate).toBe('sent');
    expect(scene.ledger.occurrences('line-ends-lost')).toBe(1);
  });

  it('does not arrive when nothing is left of it', () => {
    const scene = new Scene([faultOf('drop', { from: 'host' })]);
    const received: string[] = [];
    scene.wire.onReceive((bytes) => received.push(bytes));
    for (let index = 0; index < 50; index++) scene.port.receive('a\r\n');
    expect(received).not.toContain('');
    expect(received.length).toBeLessThan(45);
  });
});

describe('bytes that are held back', () => {
  it('come in bursts of 64, and what is left after 16 ms', () => {
    const scene = new Scene([], [chunksOf(64)]);
    const truths = Array.from({ length: 5 }, () => scene.send());
    expect(scene.port.sent.map(({ length }) => length)).toEqual([64, 64]);
    expect(truths.map(({ fate }) => fate)).toEqual(['sent', 'sent', 'sent', 'sent', 'lost']);
    scene.run(15.9);
    expect(scene.port.sent).toHaveLength(2);
    scene.run(16);
    expect(scene.port.sent.join('')).toBe(LINE.repeat(5));
    expect(truths.at(-1)?.fate).toBe('sent');
    expect(scene.ledger.occurrences('bytes-held-back')).toBe(3);
  });

  it('come in chunks of any size, all of them, in order, within 40 ms', () => {
    const scene = new Scene([], [chunksOf('any')]);
    const truths = Array.from({ length: 40 }, () => scene.send());
    expect(new Set(scene.port.sent.map(({ length }) => length)).size).toBeGreaterThan(5);
    scene.run(40);
    expect(scene.port.sent.join('')).toBe(LINE.repeat(40));
    expect(new Set(truths.map(({ fate }) => fate))).toEqual(new Set(['sent']));
  });

  it('come in front of what is sent after the fault is over', () => {
    const scene = new Scene([], [chunksOf(64)]);
    scene.run(990);
    scene.send();
    scene.run(1_000);
    scene.send('#later\r\n');
    expect(scene.port.sent).toEqual([LINE, '#later\r\n']);
    scene.run(2_000);
    expect(scene.port.sent).toHaveLength(2);
  });

  it('are lost when the cable is pulled', () => {
    const scene = new Scene([], [chunksOf(64)]);
    const truth = scene.send();
    scene.wire.close();
    scene.run(100);
    expect([truth.fate, scene.port.sent]).toEqual(['lost', []]);
  });

  it('are lost when the adapter cannot pass them on, and nobody is told', () => {
    const scene = new Scene([], [chunksOf(64)]);
    scene.port.hasRoom = false;
    const truths = Array.from({ length: 3 }, () => scene.send());
    scene.run(100);
    expect(truths.map(({ fate }) => fate)).toEqual(['lost', 'lost', 'lost']);
  });
});

it('gives a line that is offered again the damage that it had, and tells of it when it goes out', () => {
  const scene = new Scene([faultOf('duplicate', { count: 1 })]);
  scene.port.hasRoom = false;
  for (let attempt = 0; attempt < 5; attempt++) expect(scene.wire.send({ text: LINE })).toBe(false);
  expect(scene.ledger.occurrences('bytes-duplicated')).toBe(0);
  scene.port.hasRoom = true;
  expect(scene.wire.send({ text: LINE })).toBe(true);
  expect(scene.wire.send({ text: LINE })).toBe(true);
  expect(scene.ledger.occurrences('bytes-duplicated')).toBe(1);
  const [first = '', second] = scene.port.sent;
  expect([first.length > LINE.length, second]).toEqual([true, LINE]);
});
