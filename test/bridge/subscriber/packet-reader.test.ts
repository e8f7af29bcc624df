import * as fc from 'fast-check';
import { generate } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';

import { PacketReader } from '../../../bridge/subscriber/packet-reader.ts';

/** What a reader found, as text; the fault comes last. */
function read(chunks: readonly Uint8Array[], packetBytesMax = 1 << 20): string[] {
  const found: string[] = [];
  const reader = new PacketReader(
    {
      onMessage: ({ topic, payload, dup, omittedBytes = 0 }, packetId) => {
        const text = Buffer.from(payload).toString('latin1');
        found.push(`${packetId}${dup ? ' dup' : ''} ${topic} ${text} -${omittedBytes}`);
      },
      onControl: (packet) => found.push(packet.toString('hex')),
    },
    packetBytesMax,
  );
  for (const chunk of chunks) {
    const fault = reader.push(Buffer.from(chunk));
    if (fault === undefined) continue;
    found.push(`fault: ${fault}`);
    break;
  }
  return found;
}

function slices(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const message = fc.record({
  topic: fc.string({ minLength: 1, maxLength: 300 }),
  payload: fc.uint8Array({ maxLength: 20_000 }),
  qos: fc.constantFrom(0 as const, 1 as const),
  dup: fc.boolean(),
  messageId: fc.integer({ min: 1, max: 65_535 }),
});

describe('a packet reader', () => {
  it('takes a message apart', () => {
    // PUBLISH, QoS 1, DUP; 8 bytes follow; topic of 3 bytes "a/b"; packet id 0x0102; payload "!".
    const bytes = [0x3a, 0x08, 0x00, 0x03, 0x61, 0x2f, 0x62, 0x01, 0x02, 0x21];
    expect(read([Uint8Array.from(bytes)])).toEqual(['258 dup a/b ! -0']);
  });

  it('gives other packets as they are', () => {
    // CONNACK of an old session; PINGRESP.
    expect(read([Uint8Array.from([0x20, 2, 1, 0, 0xd0, 0])])).toEqual(['20020100', 'd000']);
  });

  it('reads what the library writes, wherever it is sliced', () => {
    fc.assert(
      fc.property(
        fc.array(message, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 12 }),
        (messages, cuts) => {
          const bytes = Buffer.concat(
            messages.map(({ payload, dup, qos, ...rest }) =>
              generate({
                ...rest,
                cmd: 'publish',
                payload: Buffer.from(payload),
                qos,
                dup: dup && qos > 0,
                retain: false,
              }),
            ),
          );
          const expected = messages.map(({ topic, payload, qos, dup, messageId }) => {
            const text = Buffer.from(payload).toString('latin1');
            const name = Buffer.from(topic).toString();
            return `${qos === 0 ? 0 : messageId}${dup && qos > 0 ? ' dup' : ''} ${name} ${text} -0`;
          });
          expect(read(slices(bytes, cuts))).toEqual(expected);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('reads a packet that comes byte by byte', () => {
    const payload = 'x'.repeat(200);
    const packet = { cmd: 'publish' as const, topic: 't', payload, qos: 1 as const, messageId: 5 };
    const bytes = generate({ ...packet, dup: false, retain: false });
    expect(read(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual([`5 t ${payload} -0`]);
  });

  it('keeps no more than the bound of a message, wherever it is sliced, and goes on after it', () => {
    const long = generate({
      cmd: 'publish',
      topic: 't',
      payload: 'abcdefghij'.repeat(30),
      qos: 1,
      messageId: 5,
      dup: false,
      retain: false,
    });
    const bytes = Buffer.concat([long, Buffer.from([0xd0, 0])]);
    // Of 308 bytes 64 are kept: 3 of the header, 3 of the topic, 2 of the id, 56 of the payload.
    const kept = 'abcdefghij'.repeat(6).slice(0, 56);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 6 }), (cuts) => {
        expect(read(slices(bytes, cuts), 64)).toEqual([`5 t ${kept} -244`, 'd000']);
      }),
    );
  });

  it.each([
    ['a length of five bytes', [0x30, 0xff, 0xff, 0xff, 0xff, 1], 'the length'],
    ['QoS 2', [0x34, 5, 0, 1, 97, 0, 1], 'a QoS'],
    ['QoS 3', [0x36, 5, 0, 1, 97, 0, 1], 'a QoS'],
    ['a message without a topic', [0x30, 1, 0], 'no topic'],
    ['a topic beyond the end', [0x30, 3, 0, 9, 97], 'longer than its packet'],
    ['a packet id beyond the end', [0x32, 3, 0, 1, 97], 'longer than its packet'],
    ['the packet id 0', [0x32, 5, 0, 1, 97, 0, 0], 'id 0'],
  ])('says that %s is wrong', (_, bytes, fault) => {
    expect(read([Uint8Array.from(bytes)])).toEqual([
      expect.stringMatching(new RegExp(`^fault: .*${fault}`)) as string,
    ]);
  });

  it('takes no other packet beyond the bound', () => {
    const bytes = Uint8Array.from([0x90, 100, ...Array.from({ length: 100 }, () => 1)]);
    expect(read([bytes], 64)).toEqual([
      'fault: a packet without a message is longer than any may be',
    ]);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), (chunks) => {
        expect(() => read(chunks, 32)).not.toThrow();
      }),
    );
  });
});
