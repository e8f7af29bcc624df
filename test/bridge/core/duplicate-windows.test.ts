import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DuplicateWindows,
  MessageWindow,
  NO_WINDOWS,
  WINDOW_LIMITS,
} from '../../../bridge/core/duplicate-windows.ts';
import type { MessageMark, Recognised } from '../../../bridge/core/duplicate-windows.ts';

const NONE = Number.NaN;
const mark = (identity: number, payload: number): MessageMark => ({ identity, payload });

describe('the window of a client', () => {
  it.each<[string, MessageMark, boolean, Recognised]>([
    ['the same batch', mark(7, 70), false, { kind: 'repeated', place: 1 }],
    ['the same batch, sent again', mark(7, 70), true, { kind: 'redelivered', place: 1 }],
    ['its seq with another payload', mark(7, 71), false, { kind: 'conflicting' }],
    ['its seq with another payload, sent again', mark(7, 71), true, { kind: 'conflicting' }],
    ['another seq', mark(8, 80), false, { kind: 'new' }],
    ['another seq, sent again', mark(8, 80), true, { kind: 'new' }],
    ['another seq whose payload has the same hash', mark(8, 70), true, { kind: 'new' }],
    ['the same record', mark(NONE, 90), false, { kind: 'new' }],
    ['the same record, sent again', mark(NONE, 90), true, { kind: 'redelivered', place: 2 }],
    ['another record, sent again', mark(NONE, 91), true, { kind: 'new' }],
  ])('%s', (_what, message, isDup, expected) => {
    const window = new MessageWindow(8);
    window.remember(mark(7, 70), 1);
    window.remember(mark(NONE, 90), 2);
    expect(window.recognise(message, isDup)).toEqual(expected);
  });

  it('recognises nothing when it may hold nothing', () => {
    const window = new MessageWindow(NO_WINDOWS.messagesMax);
    window.remember(mark(7, 70), 1);
    expect(window.recognise(mark(7, 70), true)).toEqual({ kind: 'new' });
    expect(window.recognise(mark(7, 71), true)).toEqual({ kind: 'new' });
  });

  it('holds as many messages as it may, and forgets the oldest first', () => {
    for (const max of [1, 3, 4, 5, 8, 100, 128]) {
      const window = new MessageWindow(max);
      for (let seq = 0; seq < 300; seq++) {
        window.remember(mark(seq, seq), seq);
        const kinds = [seq - max, seq - max + 1, seq].map(
          (each) => window.recognise(mark(each, each), false).kind,
        );
        expect(kinds).toEqual(['new', seq - max + 1 < 0 ? 'new' : 'repeated', 'repeated']);
      }
    }
  });
});

/** What a list would say that remembers all messages and looks back as far as a window. */
class ListWindow {
  readonly #all: { readonly seq: number; readonly payload: number }[] = [];
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  recognise(seq: number, payload: number): string {
    const recent = this.#all.slice(-this.#max).filter((each) => each.seq === seq);
    if (recent.some((each) => each.payload === payload)) return 'duplicate';
    return recent.length > 0 ? 'conflicting' : 'new';
  }

  remember(seq: number, payload: number): void {
    this.#all.push({ seq, payload });
  }
}

describe('messages in any order', () => {
  /** A stream in which messages come again, overtake each other, and count modulo a small number. */
  const stream = fc.array(
    fc.record({ seq: fc.nat(12), version: fc.nat(1), isDup: fc.boolean(), packetId: fc.nat(3) }),
    { maxLength: 120 },
  );

  it('are recognised as a list would do it, whatever the DUP flag says', () => {
    fc.assert(
      fc.property(stream, fc.integer({ min: 1, max: 20 }), (messages, max) => {
        const window = new MessageWindow(max);
        const list = new ListWindow(max);
        for (const [place, { seq, version, isDup }] of messages.entries()) {
          const message = mark(seq, seq * 10 + version);
          const known = window.recognise(message, isDup);
          const expected = list.recognise(seq, message.payload);
          const duplicate = isDup ? 'redelivered' : 'repeated';
          expect(known.kind).toBe(expected === 'duplicate' ? duplicate : expected);
          // What was remembered with it is the place of the same message.
          const first = 'place' in known ? known.place : place;
          expect(messages[first]).toMatchObject({ seq, version });
          if (first !== place) continue;
          window.remember(message, place);
          list.remember(seq, message.payload);
        }
      }),
    );
  });

  it('land all of them once while the window reaches, however they are shuffled and doubled', () => {
    const seqs = fc.uniqueArray(fc.nat(1_000), { maxLength: 60 });
    const shuffled = seqs.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all, ...all], { minLength: all.length * 3 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, arrivals]) => {
        const window = new MessageWindow(64);
        const landed = arrivals.filter((seq) => {
          if (window.recognise(mark(seq, seq), false).kind !== 'new') return false;
          window.remember(mark(seq, seq), seq);
          return true;
        });
        expect(landed).toHaveLength(all.length);
        expect(new Set(landed)).toEqual(new Set(all));
      }),
    );
  });
});

describe('the windows of all clients', () => {
  it('are found again under their names', () => {
    const windows = new DuplicateWindows();
    const window = windows.open('a');
    expect(windows.find('a')).toBe(window);
    expect(windows.find('b')).toBeUndefined();
  });

  it('never become more than they may, and those heard latest stay', () => {
    const windows = new DuplicateWindows({ clientsMax: 10, messagesMax: 4 });
    const faithful = windows.open('faithful');
    for (let client = 0; client < 1_000; client++) {
      windows.open(`client-${client}`);
      expect(windows.find('faithful')).toBe(faithful);
      expect(windows.size).toBeLessThanOrEqual(10);
    }
    expect(windows.find('client-0')).toBeUndefined();
    expect(windows.find('client-999')).toBeDefined();
  });

  it('hold at least half of what they may', () => {
    const windows = new DuplicateWindows({ clientsMax: 10, messagesMax: 4 });
    for (let client = 0; client < 100; client++) {
      windows.open(`client-${client}`);
      for (let back = 0; back < Math.min(5, client + 1); back++) {
        expect(windows.find(`client-${client - back}`)).toBeDefined();
      }
    }
  });

  it('take at most 32 MB', () => {
    const bytesOfMessage = 3 * Float64Array.BYTES_PER_ELEMENT;
    const { clientsMax, messagesMax } = WINDOW_LIMITS;
    expect(clientsMax * messagesMax * bytesOfMessage).toBeLessThan(32e6);
  });
});
