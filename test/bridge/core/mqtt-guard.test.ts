import fc from 'fast-check';
import { generate, parser } from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import { MqttGuard } from '../../../bridge/core/mqtt-guard.ts';

const LIMITS = { publishBytes: 300, controlBytes: 100 };
const CONNECT = generate({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  keepalive: 60,
  clientId: 'phone-1',
});
const PING = Buffer.from([0xc0, 0x00]);

/** What a guard saw of a stream in this division: each packet that ended with its first byte's type and length, and the fault. */
function follow(chunks: readonly Uint8Array[], limits = LIMITS): unknown {
  const guard = new MqttGuard(limits);
  const packets: string[] = [];
  let offset = 0;
  for (const chunk of chunks) {
    let at = 0;
    while (at < chunk.length && guard.fault === undefined) {
      const before = guard.packets;
      const next = guard.advance(chunk, at);
      expect(next).toBeGreaterThan(at);
      at = next;
      if (guard.packets > before) {
        packets.push(`${guard.isPublish ? 'publish' : 'other'} ${guard.remainingLength}`);
      }
    }
    offset += at;
    if (guard.fault !== undefined) break;
  }
  return { packets, fault: guard.fault, offset, isInPacket: guard.isInPacket };
}

/** A stream and how it may be cut: lengths of chunks, used in turn. */
function divide(bytes: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index++) {
    const length = lengths[index % lengths.length] ?? bytes.length;
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}

function publish(payloadLength: number, qos: 0 | 1 | 2 = 1): Buffer {
  const id = qos === 0 ? {} : { messageId: 5 };
  return generate({
    cmd: 'publish',
    topic: 't',
    payload: Buffer.alloc(payloadLength),
    qos,
    dup: false,
    retain: false,
    ...id,
  });
}

const packet = fc.oneof(
  fc.nat(200).map((length) => publish(length)),
  fc.nat(200).map((length) => publish(length, 0)),
  fc.nat(200).map((length) => publish(length, 2)),
  fc.constant(PING),
  fc.constant(generate({ cmd: 'pubrel', messageId: 5 })),
  fc.constant(
    generate({ cmd: 'subscribe', messageId: 5, subscriptions: [{ topic: '#', qos: 1 }] }),
  ),
);
const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });

describe('what a client sends', () => {
  it('is divided into the packets that a parser finds in it, whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(packet), lengths, (packets, cuts) => {
        const bytes = Buffer.concat([CONNECT, ...packets]);
        const parsed: Packet[] = [];
        parser()
          .on('packet', (found) => parsed.push(found))
          .parse(bytes);
        const seen = parsed.map(
          ({ cmd, length }) => `${cmd === 'publish' ? 'publish' : 'other'} ${length}`,
        );
        expect(parsed.length).toBe(packets.length + 1);
        expect(follow(divide(bytes, cuts))).toEqual({
          packets: seen,
          fault: undefined,
          offset: bytes.length,
          isInPacket: false,
        });
      }),
    );
  });

  it('is judged in the same way, whatever the chunks and however wrong it is', () => {
    const noise = fc.uint8Array({ maxLength: 30 });
    fc.assert(
      fc.property(fc.array(fc.oneof(packet, noise)), lengths, (pieces, cuts) => {
        const bytes = Buffer.concat([CONNECT, ...pieces]);
        expect(follow(divide(bytes, cuts))).toEqual(follow([bytes]));
      }),
      { numRuns: 500 },
    );
  });

  it('stops at the end of each fixed header that announces a body', () => {
    const guard = new MqttGuard(LIMITS);
    expect(guard.advance(CONNECT, 0)).toBe(2);
    expect([guard.isInBody, guard.remainingLength, guard.packets]).toEqual([true, 19, 0]);
    expect(guard.advance(CONNECT, 2)).toBe(21);
    expect([guard.isInBody, guard.isInPacket, guard.packets]).toEqual([false, false, 1]);
  });
});

describe('a fault', () => {
  const large = (length: number): Buffer => publish(length - 8, 1);

  it.each([
    ['bytes that are not MQTT', [Buffer.from('GET / HTTP/1.1\r\n')], 'header-malformed', 1],
    ['another packet than CONNECT first', [PING], 'connect-expected', 1],
    ['a second CONNECT', [CONNECT, CONNECT], 'connect-repeated', 22],
    ['an answer that only servers give', [CONNECT, Buffer.from([0x20, 2])], 'header-malformed', 22],
    ['PUBACK, as nothing was delivered', [CONNECT, Buffer.from([0x40])], 'header-malformed', 22],
    ['QoS 3', [CONNECT, Buffer.from([0x36])], 'header-malformed', 22],
    ['a duplicate at QoS 0', [CONNECT, Buffer.from([0x38])], 'header-malformed', 22],
    ['flags of SUBSCRIBE', [CONNECT, Buffer.from([0x80])], 'header-malformed', 22],
    [
      'a length of five bytes',
      [CONNECT, Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80, 0x01])],
      'length-malformed',
      26,
    ],
    ['a ping with a body', [CONNECT, Buffer.from([0xc0, 1])], 'length-malformed', 23],
    ['a PUBLISH without a topic', [CONNECT, Buffer.from([0x30, 2])], 'length-malformed', 23],
    ['a PUBLISH without a packet id', [CONNECT, Buffer.from([0x32, 4])], 'length-malformed', 23],
    ['a PUBLISH that is too large', [CONNECT, large(301)], 'packet-too-large', 24],
    ['a CONNECT that is too large', [Buffer.from([0x10, 99])], 'packet-too-large', 2],
    [
      'a packet of 256 MB that is only announced',
      [CONNECT, Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f])],
      'packet-too-large',
      26,
    ],
  ])('is %s', (_, pieces, fault, offset) => {
    expect(follow([Buffer.concat(pieces)])).toMatchObject({ fault, offset });
  });

  it('is none in the largest packets that are allowed', () => {
    const bytes = Buffer.concat([CONNECT, large(300), Buffer.from([0x82, 98]), Buffer.alloc(98)]);
    expect(follow([bytes])).toMatchObject({ fault: undefined, isInPacket: false });
  });

  it('ends it: nothing is followed any more', () => {
    const guard = new MqttGuard(LIMITS);
    guard.advance(PING, 0);
    expect(guard.advance(CONNECT, 0)).toBe(0);
    expect(guard.fault).toBe('connect-expected');
  });
});
