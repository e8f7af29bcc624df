import { describe, expect, it } from 'vitest';
import { quieten, sayFarewell, waitForQuiet } from '../../../../device-bench/core/acts/stop.ts';
import { ask } from '../../../../device-bench/core/acts/dialogue.ts';
import type { Dialogue } from '../../../../device-bench/core/acts/dialogue.ts';
import { board, dialogueWith, nobody, playAct, readingsAfter } from './play-act.ts';
import type { TimedLink } from './play-act.ts';

/** A board that streams at 20 Hz. */
function streaming(): { readonly link: TimedLink; readonly dialogue: Dialogue } {
  const link = board();
  const dialogue = dialogueWith(link);
  playAct(link, ask(dialogue, { kind: 'start', rateHz: 20 }));
  return { link, dialogue };
}

describe('quieten', () => {
  it('stops a device that streams with one STOP', () => {
    const { link, dialogue } = streaming();
    expect(playAct(link, quieten(dialogue))).toMatchObject({ result: true, sent: ['@k2 STOP'] });
    expect(readingsAfter(link)).toBe(0);
  });

  it('sends STOP without CRC to a device that takes none', () => {
    const { link, dialogue } = streaming();
    dialogue.isTyped = true;
    expect(playAct(link, quieten(dialogue)).bytes).toEqual(['@k2 STOP\r\n']);
  });

  it('takes silence for quiet', () => {
    const played = playAct(nobody(), quieten(dialogueWith(nobody())));
    expect(played).toMatchObject({ result: true, sent: ['@k1 STOP'], tookMs: 1_850 });
  });

  it('gives up after three STOPs that are not heard, and waits for a queue after one that is', () => {
    const deaf = streaming();
    const away = {
      ...deaf.link,
      timers: deaf.link.timers,
      onData: deaf.link.onData.bind(deaf.link),
    };
    const unheard = playAct({ ...away, write: () => undefined }, quieten(deaf.dialogue));
    expect(unheard).toMatchObject({ result: false, sent: ['@k2 STOP', '@k3 STOP', '@k4 STOP'] });
    expect(unheard.tookMs).toBeLessThan(6_000);
  });
});

it('waitForQuiet ends when readings do, or never do', () => {
  expect(playAct(nobody(), waitForQuiet())).toMatchObject({ result: true, tookMs: 600 });
  const { link } = streaming();
  const endless = playAct(link, waitForQuiet());
  expect(endless).toMatchObject({ result: false, sent: [] });
  expect(endless.tookMs).toBeLessThan(17_000);
});

describe('sayFarewell', () => {
  it('stops the device with one STOP that is answered', () => {
    const { link, dialogue } = streaming();
    expect(playAct(link, sayFarewell(dialogue))).toMatchObject({
      result: false,
      acts: ['farewell'],
      sent: ['@k2 STOP'],
    });
    expect(readingsAfter(link)).toBe(0);
  });

  it('says STOP three times to a device that is gone', () => {
    const played = playAct(nobody(), sayFarewell(dialogueWith(nobody())));
    expect(played.sent).toEqual(['@k1 STOP', '@k2 STOP', '@k3 STOP']);
    expect(played.tookMs).toBe(3 * 500 + 600);
  });
});
