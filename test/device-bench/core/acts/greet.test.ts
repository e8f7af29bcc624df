import { describe, expect, it } from 'vitest';
import { ask } from '../../../../device-bench/core/acts/dialogue.ts';
import { greet, identify } from '../../../../device-bench/core/acts/greet.ts';
import { frameLine } from '../../../../firmware-protocol/framing.ts';
import { board, dialogueWith, nobody, playAct, readingsAfter } from './play-act.ts';
import type { TimedLink } from './play-act.ts';

/** What an empty dialogue knows. */
const UNKNOWN = { maxRateHz: 0, options: [] };

/** A device that answers every command with the same line. */
function parrot(answer: (sent: string) => string): TimedLink {
  const link = nobody();
  let say: (chunk: Uint8Array) => void = () => undefined;
  return {
    ...link,
    onData: (listener) => {
      say = listener;
    },
    write: (bytes) =>
      link.timers.at(link.timers.now() + 5, () => say(Buffer.from(answer(bytes), 'latin1'))),
  };
}

describe('greet', () => {
  it('says nothing but a line end to a device that has just booted, once it has watched it', () => {
    const link = board();
    const played = playAct(link, greet(dialogueWith(link)));
    expect(played).toMatchObject({ acts: ['greet'], bytes: ['\r\n'], answers: [] });
    expect(played.result.map(({ meant }) => meant?.kind)).toEqual(['boot']);
    expect(played.tookMs).toBeGreaterThan(1_000);
    expect(played.tookMs).toBeLessThan(1_010);
  });

  it('waits for a late boot', () => {
    const link = board({ bootDelayMs: 2_400 });
    const { result } = playAct(link, greet(dialogueWith(link)));
    expect(result.map(({ meant }) => meant?.kind)).toEqual(['boot']);
  });

  it('stops a device that streams already', () => {
    const link = board();
    playAct(link, ask(dialogueWith(link), { kind: 'start', rateHz: 20 }));
    const played = playAct(link, greet(dialogueWith(link)));
    expect(played).toMatchObject({ sent: ['', '@k1 STOP'], answers: ['STOP'] });
    expect(readingsAfter(link)).toBe(0);
  });

  it('ends after 3.3 s where nobody is', () => {
    expect(playAct(nobody(), greet(dialogueWith(nobody())))).toMatchObject({
      result: [],
      bytes: ['\r\n'],
      tookMs: 3_300,
    });
  });
});

describe('identify', () => {
  it('asks who is there and what it can do', () => {
    const link = board();
    const dialogue = dialogueWith(link, UNKNOWN);
    const played = playAct(link, identify(dialogue));
    expect(played).toMatchObject({ acts: ['identify'], sent: ['@k1 ID?', '@k2 CAPS?'] });
    expect(played.result.answer).toMatchObject({ kind: 'id', model: 'ST-1' });
    expect(dialogue).toMatchObject({
      maxRateHz: 200,
      options: ['SYNC', 'REBOOT', 'PPM200'],
      isTyped: false,
    });
  });

  it('goes on without CRC where a right one is refused', () => {
    const dialogue = dialogueWith(nobody(), UNKNOWN);
    const picky = parrot((sent) => frameLine(sent.includes('*') ? '=ERR,,1' : '=CAPS,,R20,'));
    const played = playAct(picky, identify(dialogue));
    expect(played.bytes.slice(1)).toEqual(['ID?\r\n', '@k2 CAPS?\r\n']);
    expect(dialogue).toMatchObject({ isTyped: true, maxRateHz: 20 });
  });

  it('does not take what cannot be read for a rate', () => {
    const dialogue = dialogueWith(nobody(), UNKNOWN);
    playAct(
      parrot(() => frameLine('=CAPS,,Rx,SYNC')),
      identify(dialogue),
    );
    expect(dialogue).toMatchObject({ maxRateHz: 0, options: ['SYNC'] });
  });

  it('gives what came without a line end', () => {
    const { result } = playAct(
      parrot(() => 'x'),
      identify(dialogueWith(nobody())),
    );
    expect(result).toEqual({ answer: undefined, lines: [], unfinished: 'xxxx' });
  });

  it('asks three times, once more without CRC, and ends', () => {
    const played = playAct(nobody(), identify(dialogueWith(nobody())));
    expect(played.sent).toEqual(['@k1 ID?', '@k2 ID?', '@k3 ID?', 'ID?']);
    expect(played.result).toEqual({ answer: undefined, lines: [], unfinished: '' });
    expect(played.tookMs).toBeLessThan(4_000);
  });
});
