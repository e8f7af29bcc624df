import { describe, expect, it } from 'vitest';
import {
  ask,
  askLine,
  beginDialogue,
  easyRateHz,
  isStepwise,
  nextTag,
  reaches,
  settle,
  withoutCrc,
} from '../../../../device-bench/core/acts/dialogue.ts';
import type { Act } from '../../../../device-bench/core/acts/act.ts';
import { board, dialogueWith, nobody, playAct } from './play-act.ts';

const PING = { kind: 'ping' } as const;
const BYTE_MS = 10_000 / 57_600;

it('a dialogue begins without knowing anything about the device', () => {
  const known = { level: 'L2', byteMs: 0, canReset: false, seed: 'a' } as const;
  const dialogue = beginDialogue(known);
  expect(dialogue).toMatchObject({ ...known, maxRateHz: 0, options: [], isTyped: false });
  expect((['L1', 'L2', 'L3'] as const).map((level) => reaches(dialogue, level))).toEqual([
    true,
    true,
    false,
  ]);
  expect(isStepwise(dialogue)).toBe(false);
  expect(isStepwise({ ...dialogue, options: ['STEP'] })).toBe(true);
});

it('tags have four characters at most, however many were used', () => {
  const dialogue = dialogueWith(nobody(), { tagNumber: 998 });
  expect([nextTag(dialogue), nextTag(dialogue), nextTag(dialogue)]).toEqual(['k999', 'k0', 'k1']);
});

it('withoutCrc leaves the command and its line end', () => {
  expect(withoutCrc('@1 PING*6427\r\n')).toBe('@1 PING\r\n');
});

describe('easyRateHz', () => {
  const rate = (byteMs: number, maxRateHz: number, wishedHz: number) =>
    easyRateHz(dialogueWith({ ...nobody(), byteMs }, { maxRateHz }), wishedHz);

  it.each([
    ['what is wished', 0, 200, 80, 80],
    ['what the device can', 0, 25, 80, 25],
    ['10 Hz where the device does not say', 0, 0, 80, 10],
    ['55 % of a line of 57,600 Bd', BYTE_MS, 1000, 1000, 79],
    ['1 Hz at least', 1000, 200, 80, 1],
  ])('is %s', (_what, byteMs, maxRateHz, wishedHz, due) => {
    expect(rate(byteMs, maxRateHz, wishedHz)).toBe(due);
  });
});

describe('ask', () => {
  it('sends a tag and a CRC, and gives the answer', () => {
    const link = board();
    link.timers.run(100, Number.POSITIVE_INFINITY);
    const played = playAct(link, ask(dialogueWith(link), PING));
    expect(played).toMatchObject({ result: { kind: 'ok', tag: 'k1' }, sent: ['@k1 PING'] });
    expect(played.bytes[0]).toMatch(/\*[0-9A-F]{4}\r\n$/);
    // The bytes of both lines, and then the time of a second answer.
    expect(played.tookMs).toBeCloseTo(6 + 20 + 82 * BYTE_MS, 0);
  });

  it('waits twice for as long as a late answer may take, and then shortly, kind by kind', () => {
    const link = nobody();
    const dialogue = dialogueWith(link);
    const waits = (act: Act<unknown>) => playAct(link, act).tookMs;
    const pings = [1, 2, 3].map(() => waits(ask(dialogue, PING)));
    expect([...pings, waits(ask(dialogue, { kind: 'stop' }))]).toEqual([1250, 1250, 400, 1250]);
  });

  it('does not take a second answer to an earlier command for this one', () => {
    const dialogue = dialogueWith(nobody(), { lastTags: ['k0', 'a'] });
    const link = { ...nobody() };
    const said = ['=OK,a,PING,', '=OK,b,PING,'];
    link.onData = (listener) => {
      said.forEach((text, index) =>
        link.timers.at(10 * (index + 1), () => listener(Buffer.from(`${text}*0000\r\n`))),
      );
    };
    expect(playAct(link, askLine(dialogue, 'PING\r\n', 'c')).result).toMatchObject({ tag: 'b' });
  });

  it('remembers four tags', () => {
    const dialogue = dialogueWith(nobody());
    for (const tag of ['a', 'b', '', 'c', 'd', 'e']) {
      playAct(nobody(), askLine(dialogue, 'PING\r\n', tag));
    }
    expect(dialogue.lastTags).toEqual(['b', 'c', 'd', 'e']);
  });
});

it('settle waits for the longest line', () => {
  const link = { ...nobody(), byteMs: 1 };
  expect(playAct(link, settle(dialogueWith(link))).tookMs).toBe(102);
});
