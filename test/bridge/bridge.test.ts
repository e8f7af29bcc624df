import { isUtf8 } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { encodeDeviceLine, encodeSampleBatch, phoneTopic } from '../../firmware-protocol/index.ts';
import { Bridge } from '../../bridge/bridge.ts';
import { VirtualTime } from '../../simulator/virtual/virtual-time.ts';
import { HeldRecords } from './held-records.ts';
import {
  FakeChannel,
  message,
  NOON_MS,
  PHONES,
  rawLine,
  sampleOf,
  SERIAL_NUMBER,
  Stage,
  stepOf,
  STEPS,
  TOPIC,
} from './bridge-stage.ts';

/** How quarantine writes the bytes of a line. */
function originalOf(line: string): { readonly encoding: string; readonly original: string } {
  const bytes = Buffer.from(line, 'latin1');
  return isUtf8(bytes)
    ? { encoding: 'utf8', original: line }
    : { encoding: 'base64', original: bytes.toString('base64') };
}

describe('a serial port of a bridge', () => {
  const BYTES = 'STL-FRAME-005';
  it('lands raw records as they are', async () => {
    const stage = new Stage();
    stage.attach().send(rawLine(246) + rawLine(247));
    await stage.close();
    expect(stage.objects).toEqual([
      {
        key: 'step_trainer_landing/date=2022-06-18/bridge-7-00000000.json',
        body: rawLine(246).replace('\r', '') + rawLine(247).replace('\r', ''),
        metadata: {
          bridge: 'bridge-7',
          records: '2',
          'arrived-from': '2022-06-18T12:00:00.000Z',
          'arrived-to': '2022-06-18T12:00:00.000Z',
        },
      },
    ]);
    expect(stage.taken).toEqual({ landed: 2, quarantined: 0 });
  });

  it.each([
    ['noise with every kind of byte', '\u00ff\u0000\u0080\u0007 "\\', 'garbled-line', BYTES],
    ['a damaged frame', '$R,7F3A,0,421,182,0*0D16\r', 'garbled-line', 'STL-FRAME-003'],
    ['a stranger', '$R,7F3A,0,421,181,0*0D16\r', 'boot-not-introduced', 'STL-BOOT-003'],
    ['half a record', '{"sensorReadingTime":1655564444103', 'not-json', 'STL-RAW-001'],
    [
      'a record without a key',
      '{"sensorReadingTime":1,"serialNumber":"a"}',
      'missing',
      'step_trainer_landing.distanceFromObject',
    ],
    [
      'a record with a date too far',
      JSON.stringify({ ...stepOf(1), sensorReadingTime: 1e15 }),
      'not-a-date',
      'step_trainer_landing.sensorReadingTime',
    ],
    ['a record that is a list', '[]', 'garbled-line', 'STL-FRAME-001'],
  ])('keeps %s in quarantine with reason, source and bytes', async (...sample) => {
    const [, line, reason, rule] = sample as [string, string, string, string?];
    const stage = new Stage();
    const channel = stage.attach('/dev/ttyUSB3');
    stage.run(1_234.5);
    channel.send(`${line}\n`);
    await stage.close();
    expect(stage.rows(`quarantine/${STEPS}`)).toEqual([
      {
        reason,
        ...(rule !== undefined && { rule }),
        source: '/dev/ttyUSB3',
        position: 1,
        arrivedAt: NOON_MS + 1_234,
        ...originalOf(line),
      },
    ]);
    expect(stage.rows(STEPS)).toEqual([]);
    expect(stage.taken).toEqual({ landed: 0, quarantined: 1 });
  });

  it('gives the lines of each chunk to the operating system at once, and the half line of a pulled cable', () => {
    const store = new HeldRecords();
    const bridge = new Bridge({ store, timers: new VirtualTime(NOON_MS) });
    const channel = new FakeChannel('fake:1');
    bridge.attach(channel, 57_600);
    const seen: number[][] = [];
    const look = (): unknown => seen.push([store.waiting.length, store.flushes]);
    channel.send(rawLine(201) + rawLine(202));
    look();
    channel.send('$R,7F3A');
    channel.send(rawLine(203));
    look();
    channel.send('$R,7F3A');
    channel.close();
    look();
    expect(seen).toEqual([
      [2, 1],
      [3, 3],
      [4, 5],
    ]);
  });

  it('does not keep empty lines and free text', async () => {
    const stage = new Stage();
    stage.attach().send('\r\n\n# booting\r\n');
    await stage.close();
    expect(stage.objects).toEqual([]);
  });

  it('puts lines together, however their bytes arrive, and keeps ports apart', async () => {
    const stage = new Stage();
    const [one, two] = [stage.attach('one'), stage.attach('two')];
    for (const byte of rawLine(201)) {
      one.send(byte);
      two.send('x');
    }
    two.send('\n');
    one.send(rawLine(202) + rawLine(203));
    await stage.close();
    expect(stage.rows(STEPS)).toEqual([201, 202, 203].map(stepOf));
    expect(stage.rows(`quarantine/${STEPS}`)).toMatchObject([
      { source: 'two', reason: 'garbled-line', original: 'x'.repeat(rawLine(201).length) },
    ]);
  });

  it('keeps the half line that a pulled cable leaves, once', async () => {
    const stage = new Stage();
    const channel = stage.attach();
    channel.send(`${rawLine(246)}$R,7F3A,0,42`);
    channel.close();
    channel.close();
    channel.send(`1,181,0*0D16\n${'x'.repeat(1_000)}`);
    await stage.close();
    expect(stage.taken).toEqual({ landed: 1, quarantined: 1 });
    expect(stage.rows(`quarantine/${STEPS}`)).toMatchObject([
      { reason: 'line-cut-off', source: 'fake:1', original: '$R,7F3A,0,42' },
    ]);
  });

  it('keeps nothing when the cable was pulled between two lines', async () => {
    const stage = new Stage();
    const channel = stage.attach();
    channel.send(rawLine(246));
    channel.close();
    await stage.close();
    expect(stage.taken).toMatchObject({ landed: 1, quarantined: 0 });
  });

  it('holds the beginning of a line without end, and counts what it throws away', async () => {
    const stage = new Stage();
    const channel = stage.attach();
    for (let chunk = 0; chunk < 100; chunk++) channel.send('x'.repeat(10_000));
    channel.send(`\n${rawLine(246)}`);
    await stage.close();
    const [row] = stage.rows(`quarantine/${STEPS}`) as [{ original: string }];
    expect(row.original).toMatch(/^x+$/);
    expect(row.original.length).toBeLessThan(1_000);
    expect(stage.taken).toEqual({ landed: 1, quarantined: 1 });
    expect(stage.bridge.counts.discardedBytes).toBe(1_000_000 - row.original.length);
  });
});

describe('the session of a port', () => {
  it('asks who is there after a second, three times, and again after five', () => {
    const stage = new Stage();
    const { written } = stage.attach();
    stage.run(999);
    expect(written).toEqual([]);
    stage.run(1_000);
    expect(written.map((text) => text.split('*')[0])).toEqual(['@1 ID?']);
    stage.run(7_200);
    expect(written.map((text) => text.split('*')[0])).toEqual(
      [1, 2, 3, 4].map((tag) => `@${tag} ID?`),
    );
  });

  it('goes on although timers of real time wake it early', () => {
    const early = new Stage({
      timers: (time) => ({
        now: () => time.now(),
        at: (timeMs, action) => time.at(Math.max(time.now() + 0.5, timeMs - 1.4), action),
      }),
    });
    const { written } = early.attach();
    early.run(7_210);
    expect(written).toHaveLength(4);
  });

  it('ends with the cable', () => {
    const stage = new Stage();
    const channel = stage.attach();
    stage.run(1_000);
    channel.close();
    stage.run(60_000);
    expect(channel.written).toHaveLength(1);
  });

  it('stops a device that it knows when the bridge closes, and asks nothing of others', async () => {
    const stage = new Stage();
    const [known, unknown] = [stage.attach('one'), stage.attach('two')];
    stage.run(1_000);
    known.send(
      encodeDeviceLine({
        kind: 'id',
        tag: '1',
        model: 'ST-1',
        serialNumber: SERIAL_NUMBER,
        firmware: '1.0.0',
        boot: '7F3A',
      }),
    );
    await stage.close();
    expect(known.written.map((text) => text.split('*')[0])).toEqual([
      '@1 ID?',
      '@2 CAPS?',
      '@3 STOP',
    ]);
    expect(unknown.written).toHaveLength(1);
  });
});

describe('the messages of phones', () => {
  const TIME = `${PHONES}.timeStamp`;
  const batch = encodeSampleBatch({
    user: 'Ana.Novak@mail.example',
    session: 's',
    seq: 0,
    samples: [
      [1_000, 1, 0, -1],
      [2_000, 1, 0, -1],
    ],
  });

  it('land sample by sample, in both spellings of the time', async () => {
    const stage = new Stage();
    const { timeStamp, ...rest } = sampleOf(3_000);
    stage.receive(TOPIC, Buffer.from(batch));
    stage.receive(TOPIC, message({ ...rest, timestamp: timeStamp }));
    // A payload may be a piece of a larger buffer.
    const piece = new Uint8Array([0, 0, ...message(sampleOf(4_000)), 0]).subarray(2, -1);
    stage.receive(TOPIC, piece);
    await stage.close();
    expect(stage.rows(PHONES)).toEqual([1_000, 2_000, 3_000, 4_000].map(sampleOf));
    expect(stage.taken).toMatchObject({ landed: 4, quarantined: 0 });
  });

  it.each([
    ['not JSON', TOPIC, 'sensor offline', 'not-json'],
    ['empty', TOPIC, '', 'not-json'],
    ['a list', TOPIC, '[1]', 'not-an-object'],
    ['without a user', TOPIC, '{"timeStamp":1,"x":0,"y":0,"z":0}', 'bad-user', `${PHONES}.user`],
    ['without a time', TOPIC, '{"user":"a","x":0,"y":0,"z":0}', 'bad-sample', TIME],
    [
      'without a session',
      TOPIC,
      '{"user":"a","samples":[]}',
      'bad-sample',
      'phone-payload.session',
    ],
    [
      'with half a character in the user',
      TOPIC,
      '{"user":"\\ud800","timeStamp":1,"x":0,"y":0,"z":0}',
      'lone-surrogate',
    ],
    ['with one bad sample of two', TOPIC, batch.replace('2000', '"2000"'), 'bad-sample', TIME],
    ['too long', TOPIC, `"${'x'.repeat(70_000)}"`, 'too-long'],
    ['on a topic of somebody else', 'stedi/v1/tablets/7/accelerometer', batch, 'unknown-topic'],
    ['on a topic with too many levels', `${TOPIC}/x`, batch, 'unknown-topic'],
    ['on an unknown channel', 'stedi/v1/phones/phone-1/gyroscope', batch, 'unknown-topic'],
  ])('%s: go to quarantine as they came', async (...sample) => {
    const [, topic, text, reason, rule] = sample as [string, string, string, string, string?];
    const stage = new Stage();
    stage.run(17.9);
    stage.receive(topic, Buffer.from(text));
    await stage.close();
    expect(stage.rows(`quarantine/${PHONES}`)).toEqual([
      {
        reason,
        ...(rule !== undefined && { rule }),
        // Of a sample in a batch its number is known.
        ...(text.startsWith('{"user":"Ana') && text.includes('"2000"') && { position: 2 }),
        ...(reason === 'unknown-topic'
          ? { source: 'mqtt', originalTopic: topic }
          : { source: topic }),
        arrivedAt: NOON_MS + 17,
        encoding: 'utf8',
        original: text,
      },
    ]);
    expect(stage.acknowledged).toBe(1);
    expect(stage.taken).toMatchObject({ landed: 0, quarantined: 1 });
  });

  it('that are no UTF-8 go to quarantine byte by byte, and are not mended in silence', async () => {
    const stage = new Stage();
    const bytes = Buffer.from('{"user":"Jos\u00e9","timeStamp":1,"x":0,"y":0,"z":0}', 'latin1');
    stage.receive(TOPIC, bytes);
    await stage.close();
    expect(stage.rows(PHONES)).toEqual([]);
    expect(stage.rows(`quarantine/${PHONES}`)).toMatchObject([
      { reason: 'not-utf8', encoding: 'base64', original: bytes.toString('base64') },
    ]);
  });

  it('about their status are no records', async () => {
    const stage = new Stage();
    stage.receive(phoneTopic('phone-1', 'status'), Buffer.from('{"status":"online"}'));
    await stage.close();
    expect(stage.objects).toEqual([]);
    expect(stage.acknowledged).toBe(1);
  });
});

describe('the guard in front of a port', () => {
  it('lets the longest raw record through', () => {
    const longest = JSON.stringify({ ...stepOf(65_535), sensorReadingTime: 253_402_300_799_999 });
    expect(longest.length).toBeGreaterThan(82);
    const stage = new Stage();
    stage.attach().send(`${longest}\r\n`);
    expect(stage.taken).toEqual({ landed: 1, quarantined: 0 });
  });
});
