import { describe, expect, it } from 'vitest';
import { decodeDeviceLine } from '../../../firmware-protocol/index.ts';
import type { DecodedDeviceLine, Reading } from '../../../firmware-protocol/index.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { talkToBoard } from './talk-to-board.ts';
import type { Talk } from './talk-to-board.ts';

const decode = ({ lines }: Talk): DecodedDeviceLine[] =>
  lines.map(({ line }) => decodeDeviceLine(line.slice(0, -1)));
const readingsOf = (talk: Talk): Reading[] =>
  decode(talk).filter((line): line is Reading => line.kind === 'reading');
const bootsOf = (talk: Talk): string[] =>
  decode(talk).flatMap((line) => (line.kind === 'boot' ? [`${line.boot},${line.why}`] : []));
const gapsOf = (values: readonly number[]): number[] =>
  values.slice(1).map((value, index) => value - (values[index] as number));

describe('VirtualBoard', () => {
  it('boots, says who it is and what it can do', () => {
    const talk = talkToBoard();
    talk.say(100, 'ID?');
    talk.say(200, '@7 CAPS?');
    talk.until(300);
    const [boot, id, caps] = decode(talk);
    expect(boot).toMatchObject({ kind: 'boot', why: 'PWR' });
    expect(id).toMatchObject({ kind: 'id', serialNumber: talk.board.serialNumber });
    expect(id).toMatchObject({ boot: boot?.kind === 'boot' ? boot.boot : '' });
    expect(caps).toMatchObject({ tag: '7', maxRateHz: 200, options: ['SYNC', 'REBOOT', 'PPM200'] });
  });

  it.each([7, 30, 133])('carries the remainder of the period at %d Hz', (rateHz) => {
    const talk = talkToBoard({ baudRate: 115_200 });
    talk.say(0, `START ${rateHz}`);
    talk.until(60_000);
    const readings = readingsOf(talk);
    expect(Math.abs(readings.length - rateHz * 60)).toBeLessThanOrEqual(1);
    const [first] = readings as [Reading];
    for (const [index, { seq, ticks }] of readings.entries()) {
      expect(seq).toBe(index);
      expect(Math.abs(ticks - first.ticks - (index * 1_000) / rateHz)).toBeLessThanOrEqual(1);
    }
  });

  it('lets its clock drift, and the pace of its readings with it', () => {
    const talk = talkToBoard({ driftPpm: 1_000 });
    talk.say(0, 'START 10');
    talk.until(1_000_000);
    const readings = readingsOf(talk);
    const last = readings.at(-1) as Reading;
    expect(last.ticks).toBeGreaterThan(1_000_800);
    expect(readings.length).toBeGreaterThanOrEqual(10_009);
  });

  it('changes the rate at once, and nothing else', () => {
    const talk = talkToBoard();
    talk.say(0, 'START 5');
    talk.say(1_050, 'START 20');
    talk.say(1_300, 'START 20');
    talk.say(2_000, 'STOP');
    talk.until(4_000);
    const readings = readingsOf(talk);
    expect(gapsOf(readings.map(({ seq }) => seq))).toEqual(readings.slice(1).map(() => 1));
    const gaps = gapsOf(readings.map(({ ticks }) => ticks));
    expect(new Set(gaps.slice(6))).toEqual(new Set([50]));
    expect(decode(talk).at(-1)).toMatchObject({ kind: 'stopped', seq: readings.length });
  });

  it('drops readings at overload, flags it and stays whole and in time', () => {
    const talk = talkToBoard({ baudRate: 9_600 });
    talk.say(0, 'START 200');
    talk.say(3_000, 'PING');
    talk.until(6_000);
    expect(decode(talk).filter(({ kind }) => kind === 'rejected')).toEqual([]);
    const readings = readingsOf(talk);
    for (const [index, gap] of gapsOf(readings.map(({ seq }) => seq)).entries()) {
      expect(readings[index + 1]?.flags).toBe(gap > 1 ? 4 : 0);
    }
    expect(readings.some(({ flags }) => flags === 4)).toBe(true);
    const pong = talk.lines.find(({ line }) => line.startsWith('=OK,,PING'));
    expect(pong?.atMs).toBeLessThan(3_000 + 200);
  });

  it('answers each of 60 commands of one write, although the answers need much more room than it has', () => {
    const talk = talkToBoard({ baudRate: 9_600 });
    const tags = Array.from({ length: 60 }, (_, index) => String(index));
    const commands = tags.map((tag) => `@${tag} SYNC 1655564400000`).join('\n');
    talk.say(0, commands);
    talk.until(10_000);
    const answered = decode(talk).flatMap((line) => (line.kind === 'synced' ? [line.tag] : []));
    expect(answered).toEqual(tags);
  });

  it('gives one reading per step where it sees steps, and not more often than asked', () => {
    const talk = talkToBoard({ stepPeriodMs: 400 });
    talk.say(0, 'CAPS?');
    talk.say(100, 'START 50');
    talk.say(4_100, 'START 1');
    talk.until(12_000);
    expect(decode(talk)[1]).toMatchObject({ options: ['SYNC', 'REBOOT', 'STEP', 'PPM200'] });
    const gaps = gapsOf(readingsOf(talk).map(({ ticks }) => ticks));
    expect(gaps.slice(0, 8)).toEqual(gaps.slice(0, 8).map(() => 400));
    expect(Math.min(...gaps.slice(10))).toBeGreaterThanOrEqual(1_000);
  });

  it('reboots with the counters that it is told, under another boot id, and stops streaming', () => {
    const talk = talkToBoard();
    talk.say(100, 'START 10');
    talk.say(1_000, 'REBOOT 65535 4294966000');
    talk.say(2_000, 'START 10');
    talk.until(3_000);
    const boots = bootsOf(talk);
    expect(boots).toEqual([
      expect.stringMatching(/^[0-9A-F]{4},PWR$/),
      expect.stringMatching(/^[0-9A-F]{4},TEST$/),
    ]);
    expect(boots[0]?.slice(0, 4)).not.toBe(boots[1]?.slice(0, 4));
    const after = readingsOf(talk).filter(({ boot }) => boot === boots[1]?.slice(0, 4));
    expect(after.map(({ seq }) => seq).slice(0, 3)).toEqual([65_535, 0, 1]);
    expect(after[0]?.ticks).toBeGreaterThan(4_294_967_000);
    expect(after.at(-1)?.ticks).toBeLessThan(1_000);
  });

  it('ends what it was saying in the middle when it is reset, and starts anew', () => {
    const talk = talkToBoard({ baudRate: 9_600 });
    talk.say(0, 'START 200');
    talk.time.at(1_001, () => talk.board.reset());
    talk.until(3_000);
    const boot = /^(.*)(!BOOT,[0-9A-F]{4},RST\*[0-9A-F]{4}\r\n)$/;
    const [, before = '', rest = ''] = boot.exec(talk.lines.at(-1)?.line ?? '') ?? [];
    // The line was full of readings: one is cut off, and none of those that waited behind it comes any more.
    expect(before).toMatch(/^\$R/);
    expect(before).not.toMatch(/\*[0-9A-F]{4}$/);
    expect(talk.lines.at(-1)?.atMs).toBeLessThan(1_001 + (rest.length + 1) * talk.board.byteMs);
  });

  it('boots late, after a garbled line, with text in between and LF only, where it may', () => {
    const talk = talkToBoard({
      bootDelayMs: 2_000,
      romGarbage: true,
      textEveryMs: 500,
      lineEnd: '\n',
    });
    talk.say(1_000, 'PING');
    talk.say(2_500, 'PING');
    talk.until(5_000);
    const [garbage, text, boot] = talk.lines;
    expect(garbage?.atMs).toBeLessThan(100);
    expect(garbage?.line.length).toBeGreaterThan(10);
    expect(text?.line).toBe('#STEDI step trainer\n');
    expect(boot?.line).toMatch(/^!BOOT,/);
    expect(boot?.atMs).toBeGreaterThan(2_000);
    expect(
      talk.lines
        .slice(1)
        .map(({ line }) => line)
        .join(''),
    ).not.toContain('\r');
    const kinds = decode(talk).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'pong')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'text').length).toBeGreaterThan(4);
  });

  it('shows that it is alive when it has nothing to say', () => {
    const talk = talkToBoard();
    talk.until(21_000);
    const beats = talk.lines.filter(({ line }) => line.startsWith('!HB,'));
    expect(beats).toHaveLength(5);
  });

  it('is gone when it is unplugged', () => {
    const talk = talkToBoard();
    const closings: number[] = [];
    talk.board.onClose(() => closings.push(talk.time.now()));
    talk.say(0, 'START 10');
    talk.time.at(1_000, () => talk.board.unplug());
    talk.until(20_000);
    expect(closings).toEqual([1_000]);
    expect(talk.lines.at(-1)?.atMs).toBeLessThan(1_001);
  });

  it('says the same again under the same seed, and other things under another', () => {
    const hear = (seed: number): string => {
      const talk = talkToBoard({
        streams: seededStreams(seed),
        latencyMsMax: 16,
        romGarbage: true,
      });
      talk.say(100, 'ID?');
      talk.say(100, 'START 50');
      talk.until(2_000);
      return JSON.stringify([talk.lines, talk.chunks]);
    };
    expect(hear(3)).toBe(hear(3));
    expect(hear(3)).not.toBe(hear(4));
  });

  it('can be reworked: its state machine, its bytes, its transmitter and its pace', () => {
    const talk = talkToBoard({
      rework: ({ encode, send, step }) => ({
        step: (state, event) =>
          event.kind === 'power-on' ? step(state, { ...event, boot: '0001' }) : step(state, event),
        encode: (line) => encode(line).toLowerCase(),
        send: (bytes, urgent) => send(`#\r\n${bytes}`, urgent),
        periodMs: () => 700,
      }),
    });
    talk.say(0, 'START 10');
    talk.until(1_600);
    const said = talk.lines.map(({ line }) => line.slice(0, 8)).join(' ');
    expect(said).toBe('#\r\n !boot,00 #\r\n =ok,,sta #\r\n $r,0001, #\r\n $r,0001,');
  });
});
