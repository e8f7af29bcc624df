/** Peers that send what no phone sends, or too much, or too slowly, while phones go on. */
import { expect, it } from 'vitest';

import { connectPacket, publishPacket, RawPhone } from '../bridge/broker/raw-phone.ts';
import { drawInteger, drawOne } from '../../simulator/core/random.ts';
import type { Random } from '../../simulator/index.ts';
import { seededStreams } from '../../simulator/index.ts';
import { BrokerFaultStage, FaithfulPhone } from './broker-stage.ts';

const LIMITS = { connectMs: 300, packetMs: 300, packetBytes: 64 * 1024 };
const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);
const ROUNDS = 8;

type Attack = (peer: RawPhone, random: Random) => void;

const MESSAGE = publishPacket('bad', 'x'.repeat(500));

/** What is done to the broker, and as what it is refused. */
const ATTACKS: readonly (readonly [reasons: readonly string[], isConnected: boolean, Attack])[] = [
  // A packet that is too large is refused at its length, before any of it is kept.
  [
    ['packet-too-large'],
    true,
    (peer, random) => {
      const length = drawInteger(random, LIMITS.packetBytes, 268_435_455);
      const bytes = [0, 7, 14, 21].map((shift) => ((length >> shift) & 0x7f) | 0x80);
      bytes[3]! &= 0x7f;
      peer.write(Buffer.from([0x32, ...bytes]));
    },
  ],
  [['packet-too-large'], true, (peer) => peer.write(publishPacket('bad', 'x'.repeat(70_000)))],
  [['length-malformed'], true, (peer) => peer.write(Buffer.from('32ffffffff', 'hex'))],
  [
    ['header-malformed', 'connect-repeated'],
    true,
    (peer, random) => peer.write(Buffer.from([drawInteger(random, 0x00, 0x2f), 0])),
  ],
  [
    ['packet-malformed'],
    true,
    (peer) => {
      // The topic's length says more than there is.
      const bytes = Buffer.from(MESSAGE);
      bytes.writeUInt16BE(0xffff, 3);
      peer.write(bytes);
    },
  ],
  [
    ['slow-packet'],
    true,
    (peer, random) => peer.write(MESSAGE.subarray(0, drawInteger(random, 1, MESSAGE.length - 1))),
  ],
  [
    ['connect-timeout'],
    false,
    (peer, random) => peer.write(connectPacket().subarray(0, drawInteger(random, 0, 12))),
  ],
  [['connect-expected'], false, (peer) => peer.write(MESSAGE)],
  [['header-malformed'], false, (peer) => peer.write(Buffer.from('GET / HTTP/1.1\r\n\r\n'))],
];

it.each(SEEDS)('seed %i: a bad peer is cut, and the phones lose nothing', async (seed) => {
  const random = seededStreams(seed)('bad-peer');
  const stage = await BrokerFaultStage.start({ limits: LIMITS });
  const phones = ['phone-1', 'phone-2'].map((id) => new FaithfulPhone(stage, id));
  const [reasons, isConnected, attack] = ATTACKS[seed % ATTACKS.length]!;
  const instant = drawInteger(random, 0, ROUNDS - 1);
  let cut: Promise<void> | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const publishing = phones.map((phone) => phone.publish(drawOne(random, [1, 5, 50])));
    if (round === instant) {
      const peer = isConnected
        ? await RawPhone.connect(stage.port, { clientId: 'bad' })
        : RawPhone.open(stage.port, 'bad');
      attack(peer, random);
      cut = peer.closed;
    }
    await Promise.all(publishing);
  }
  await cut;
  await stage.refused(1);
  expect(stage.refusals.length).toBe(1);
  expect(reasons).toContain(stage.refusals[0]);
  expect((await stage.judge(phones)).violations).toEqual([]);
  expect(phones.every(({ readings }) => readings.every(({ isAccepted }) => isAccepted))).toBe(true);
});
