import { describe, expect, it } from 'vitest';
import {
  askCommands,
  askWrong,
  provokeErrors,
  sendGarbage,
} from '../../../../device-bench/core/acts/commands.ts';
import { decodeHostCommand } from '../../../../firmware-protocol/index.ts';
import { board, dialogueWith, nobody, playAct, readingsAfter } from './play-act.ts';

/** The texts of lines without their tags. */
function texts(sent: readonly string[]): readonly string[] {
  return sent.map((line) => line.replace(/^@\w+ /, ''));
}

describe('askCommands', () => {
  it('asks in all spellings; a healthy board answers all but empty lines', () => {
    const link = board();
    const played = playAct(link, askCommands(dialogueWith(link)));
    expect(played.acts).toEqual(['commands']);
    expect(played.sent.slice(0, 5)).toEqual([
      '@a PING',
      '@Z9 PING',
      '@x0y PING',
      '@Ab12 PING',
      'PING',
    ]);
    expect(played.bytes).toEqual(expect.arrayContaining(['PING\r\n', 'PING\n', '\r\n', '\n']));
    const wrong = ['ping', 'Ping', 'PIN', 'PINGS', 'STO', 'id?'];
    expect(texts(played.sent).slice(-6)).toEqual(wrong);
    expect(played.answers.slice(-6)).toEqual(wrong.map(() => '3'));
    expect(played.answers).toHaveLength(played.sent.length - 3);
    expect(readingsAfter(link)).toBe(0);
  });

  it('repeats three commands with the same tag, and with another', () => {
    const link = board();
    const { bytes } = playAct(link, askCommands(dialogueWith(link)));
    const again = bytes.flatMap((line, index) =>
      line !== '\r\n' && line === bytes[index - 1] ? [index] : [],
    );
    expect(
      texts(again.map((index) => bytes[index] ?? '')).map((text) => text.split('*')[0]),
    ).toEqual(['PING', 'ID?', 'STOP']);
    for (const index of again) expect(bytes[index + 1]).not.toBe(bytes[index]);
  });

  it('ends where nobody is', () => {
    expect(playAct(nobody(), askCommands(dialogueWith(nobody()))).tookMs).toBeLessThan(25_000);
  });
});

describe('provokeErrors', () => {
  it('sends lines that are to be refused, and PING between them', () => {
    const link = board();
    const played = playAct(link, provokeErrors(dialogueWith(link)));
    const dues = played.bytes.map((line) => decodeHostCommand(line.replace(/\r?\n$/, '')));
    const due = dues.map((each) => (each.kind === 'rejected' ? String(each.code) : 'PING'));
    // START 201 is more than this board can.
    due[played.sent.findIndex((line) => line.endsWith('START 201'))] = '4';
    expect(played.answers).toEqual(due);
    expect(new Set(due)).toEqual(new Set(['1', '2', '3', '4', 'PING']));
    expect(readingsAfter(link)).toBe(0);
  });

  it('asks for impossible arguments only of options that the device has', () => {
    const sent = (maxRateHz: number, options: readonly string[]) => {
      const link = board();
      return texts(playAct(link, provokeErrors(dialogueWith(link, { maxRateHz, options }))).sent);
    };
    const few = sent(1000, []);
    expect(few.join('\n')).not.toMatch(/SYNC|REBOOT/);
    expect(few).not.toContain('START 1000');
    expect(sent(200, ['SYNC', 'REBOOT'])).toEqual(
      expect.arrayContaining(['START 201', 'SYNC 9007199254740992', 'REBOOT 65536 0']),
    );
  });

  it('sends no CRC with what is wrong for another reason, to a device that takes none', () => {
    const link = board();
    const { bytes } = playAct(link, provokeErrors(dialogueWith(link, { isTyped: true })));
    expect(bytes).toEqual(expect.arrayContaining(['@k6 PING\r\n', '@a-b PING\r\n']));
    expect(bytes.find((line) => line.includes('JUMP'))).not.toContain('*');
  });

  it('ends where nobody is', () => {
    expect(playAct(nobody(), provokeErrors(dialogueWith(nobody()))).tookMs).toBeLessThan(45_000);
  });
});

it('askWrong stops a device that starts all the same', () => {
  const link = board({
    rework: (parts) => ({
      step: (state, event) =>
        parts.step(
          state,
          event.kind === 'received'
            ? { ...event, bytes: event.bytes.replace(/START 05.*/s, 'START 5\r\n') }
            : event,
        ),
    }),
  });
  const played = playAct(link, askWrong(dialogueWith(link), 'START 05'));
  expect(played.answers).toEqual(['START', 'STOP']);
  expect(readingsAfter(link)).toBe(0);
});

describe('sendGarbage', () => {
  it('sends four lines of garbage and a broken one, each with a command behind', () => {
    const link = board();
    const played = playAct(link, sendGarbage(dialogueWith(link)));
    expect(played.acts).toEqual(['garbage']);
    const rounds = Array.from({ length: 4 }, () => ['2', 'PING']).flat();
    expect(played.answers).toEqual([...rounds, '1', 'PING', 'PING']);
    expect(played.bytes.at(-2)).toMatch(/^@k6 START 2\*\n@k5 PING\*[0-9A-F]{4}\r\n$/);
    expect(readingsAfter(link)).toBe(0);
  });

  it('sends other garbage for another seed', () => {
    const first = (seed: string) =>
      playAct(nobody(), sendGarbage(dialogueWith(nobody(), { seed }))).bytes[0];
    expect(first('a')).toBe(first('a'));
    expect(first('a')).not.toBe(first('b'));
  });
});
