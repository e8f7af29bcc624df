import { describe, expect, it } from 'vitest';
import { PeerWatch } from '../../../bridge/broker/peer-watch.ts';
import type { PeerState } from '../../../bridge/broker/peer-watch.ts';

const LIMITS = { connectMs: 5_000, packetMs: 10_000, unreadMs: 20_000 };
const QUIET: PeerState = {
  packets: 1,
  isInPacket: false,
  bytesRead: 20,
  bytesWritten: 4,
  isReading: true,
  isWriting: false,
};

/** What looks at these times say, each with what has changed since the one before. */
function look(
  looks: readonly (readonly [nowMs: number, change: Partial<PeerState>])[],
  keepAliveMs = 0,
): unknown[] {
  const watch = new PeerWatch(LIMITS, 0);
  watch.keepAliveMs = keepAliveMs;
  let state = QUIET;
  return looks.map(([nowMs, change]) => {
    state = { ...state, ...change };
    return watch.look(state, nowMs);
  });
}

describe('a peer is cut', () => {
  it('without a whole CONNECT in time, however much of it trickles in', () => {
    expect(
      look([
        [4_000, { packets: 0, isInPacket: true, bytesRead: 1 }],
        [5_000, { bytesRead: 2 }],
        [5_001, { bytesRead: 3 }],
      ]),
    ).toEqual([undefined, undefined, 'connect-timeout']);
  });

  it('when a packet trickles', () => {
    expect(
      look([
        [0, {}],
        [1_000, { isInPacket: true, bytesRead: 21 }],
        [10_000, { bytesRead: 22 }],
        [10_001, { bytesRead: 23 }],
      ]),
    ).toEqual([undefined, undefined, undefined, 'slow-packet']);
  });

  it('when it reads nothing of what it was sent', () => {
    expect(
      look([
        [0, { isWriting: true }],
        [20_000, {}],
        [20_001, {}],
      ]),
    ).toEqual([undefined, undefined, 'acknowledgements-unread']);
  });

  it('when it is silent beyond its keep-alive', () => {
    const looks = [
      [0, {}],
      [1_500, {}],
      [1_501, {}],
    ] as const;
    expect(look(looks, 1_500)).toEqual([undefined, undefined, 'idle']);
    expect(look(looks)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a peer stays', () => {
  it('while packets end, though it is always amidst one', () => {
    expect(
      look([
        [9_000, { isInPacket: true, packets: 2 }],
        [18_000, { packets: 3 }],
        [27_000, { packets: 4 }],
      ]),
    ).toEqual([undefined, undefined, undefined]);
  });

  it('while it is we who do not read', () => {
    expect(
      look(
        [
          [0, { isInPacket: true, isReading: false }],
          [99_000, {}],
          [99_500, { isReading: true }],
        ],
        1_500,
      ),
    ).toEqual([undefined, undefined, undefined]);
  });

  it('while it reads slowly', () => {
    expect(
      look([
        [19_000, { isWriting: true, bytesWritten: 5 }],
        [38_000, { bytesWritten: 6 }],
        [57_000, { bytesWritten: 7 }],
      ]),
    ).toEqual([undefined, undefined, undefined]);
  });
});
