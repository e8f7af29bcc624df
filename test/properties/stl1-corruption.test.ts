import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  decodeDeviceLine,
  decodeHostCommand,
  encodeDeviceLine,
  encodeHostCommand,
  LineGuard,
} from '../../firmware-protocol/index.ts';
import type { DecodedDeviceLine, HostCommand } from '../../firmware-protocol/index.ts';
import { COMMAND_VECTORS, DESIGN_VECTORS, FURTHER_VECTORS } from '../firmware-protocol/vectors.ts';
import { commands, framedLines } from './stl1-arbitraries.ts';
import type { TaggedCommand } from './stl1-arbitraries.ts';

const VECTORS = [...DESIGN_VECTORS, ...FURTHER_VECTORS];
const withoutLineEnd = (wire: string): string => wire.slice(0, -2);

/** `text` with each of the 255 other values at each of its positions. */
function* corruptions(
  text: string,
): Generator<{ readonly position: number; readonly line: string }> {
  for (let position = 0; position < text.length; position++) {
    const [before, after] = [text.slice(0, position), text.slice(position + 1)];
    for (let value = 0; value < 256; value++) {
      if (value !== text.charCodeAt(position)) {
        yield { position, line: before + String.fromCharCode(value) + after };
      }
    }
  }
}

function tally<T>(items: Iterable<T>, nameOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}

const outcome = (decoded: DecodedDeviceLine): string =>
  decoded.kind === 'rejected' ? decoded.reason : decoded.kind;

/**
 * What the 255·n corruptions of a framed line of n bytes come to. Of the 255 values 161 are no printable ASCII. One
 * of them, CR in place of the last CRC digit, is taken for the line end and leaves a CRC that is too short.
 * Without its `*` a line has no CRC. A class character that becomes `#` makes free text that quotes a frame, once.
 */
function corruptionsOf(bytes: number): Record<string, number> {
  return {
    'bad-byte': 161 * bytes - 1,
    'no-crc': 94 + 1,
    'bad-crc': 94 * (bytes - 1) - 1,
    'quotes-frame': 1,
  };
}

const corrupted = (text: string): Record<string, number> =>
  tally(corruptions(text), ({ line }) => outcome(decodeDeviceLine(line)));

/** What the truncations of `text` come to, when the line end is lost as well and when it arrives. */
function truncated(text: string): Record<string, number> {
  const starts = Array.from({ length: text.length }, (_, length) => text.slice(0, length));
  return tally([...starts, ...starts.map((start) => `${start}\r`)], (line) =>
    outcome(decodeDeviceLine(line)),
  );
}

const truncationsOf = (bytes: number): Record<string, number> => ({
  empty: 2,
  'no-crc': 2 * (bytes - 1),
});

describe('a damaged line of a device', () => {
  it.each(VECTORS)('$text: every corruption of one byte', ({ text }) => {
    expect([...corruptions(text)]).toHaveLength(255 * text.length);
    expect(corrupted(text)).toEqual(corruptionsOf(text.length));
    expect(decodeDeviceLine(`#${text.slice(1)}`)).toMatchObject({ rule: 'STL-FRAME-009' });
  });

  it.each(VECTORS)('$text: every truncation', ({ text }) => {
    expect(truncated(text)).toEqual(truncationsOf(text.length));
  });

  it.each(VECTORS)('$text: every loss of bytes that stand together', ({ text }) => {
    const left: string[] = [];
    for (let from = 0; from < text.length; from++) {
      for (let to = from + 1; to <= text.length; to++)
        left.push(text.slice(0, from) + text.slice(to));
    }
    const kinds = tally(left, (line) => decodeDeviceLine(line).kind);
    expect(kinds).toEqual({ rejected: (text.length * (text.length + 1)) / 2 });
  });

  it('of any value: every corruption of one byte, every truncation, every swap of neighbours', () => {
    fc.assert(
      fc.property(framedLines, (value) => {
        const text = withoutLineEnd(encodeDeviceLine(value));
        expect(corrupted(text)).toEqual(corruptionsOf(text.length));
        expect(truncated(text)).toEqual(truncationsOf(text.length));
        for (let index = 1; index < text.length; index++) {
          const [left, right] = [text.charAt(index - 1), text.charAt(index)];
          const swapped = text.slice(0, index - 1) + right + left + text.slice(index + 1);
          expect(decodeDeviceLine(swapped).kind).toBe(left === right ? value.kind : 'rejected');
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('one damaged byte in a stream of lines', () => {
  const [previous, next] = ['!BOOT,7F3A,PWR*ABB7\r\n', '$R,7F3A,0,421,181,0*0D16\r\n'];
  const [boot, first] = [previous, next].map((wire) => decodeDeviceLine(wire.slice(0, -1)));

  /** What a host sees of `stream`: bounded, split at LF, decoded; what has no line feed is not a line. */
  function receive(stream: string): DecodedDeviceLine[] {
    const { bytes } = new LineGuard().pass(Buffer.from(stream, 'latin1'));
    const lines = Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1);
    return lines.map(decodeDeviceLine).filter((decoded) => decoded.kind !== 'rejected');
  }

  it.each(VECTORS)('$text between two lines', ({ text, value }) => {
    let fed = 0;
    for (const { position, line } of corruptions(`${text}\r\n`)) {
      fed++;
      const received = receive(previous + line + next);
      // The line itself survives only when its CR becomes a second LF; the next line falls only with the LF.
      const own = line === `${text}\n\n` ? [value] : [];
      expect(received).toEqual([boot, ...own, ...(position === text.length + 1 ? [] : [first])]);
    }
    expect(fed).toBe(255 * (text.length + 2));
  });
});

/** Whether the response to `command`, or the readings behind it, would show a value that the host did not send. */
function echoDiffers(command: HostCommand, sent: HostCommand): boolean {
  if (sent.kind === 'start' && command.kind === 'start') return sent.rateHz !== command.rateHz;
  if (sent.kind === 'reboot' && command.kind === 'reboot') {
    return sent.seq !== command.seq || sent.ticks !== command.ticks;
  }
  return sent.kind === 'sync' && command.kind === 'sync' && sent.hostMs !== command.hostMs;
}

/** What a device makes of a damaged command; `wrong` is a command that the host cannot tell from its own. */
function reaction(line: string, sent: TaggedCommand): string {
  const decoded = decodeHostCommand(line);
  if (decoded.kind === 'nothing') return 'nothing';
  if (decoded.kind === 'rejected') return decoded.code < 3 ? `code ${decoded.code}` : 'code 3 or 4';
  return decoded.tag === sent.tag && echoDiffers(decoded.command, sent.command)
    ? 'echo differs'
    : 'wrong';
}

/**
 * What the 255·n corruptions of a command of n bytes come to. As long as its `*` stands, it is error 1 or 2. With
 * another byte in place of `*` it is a typed command with five characters too many: error 2, 3 or 4, unless it is a
 * SYNC or REBOOT whose number is so short that a CRC without letters can join it. A clock in epoch ms is too long.
 */
function corruptedCommand(text: string, sent: TaggedCommand): Record<string, number> {
  const counts = tally(corruptions(text), ({ line }) => reaction(line, sent));
  const { 'echo differs': shown = 0, 'code 3 or 4': refused = 0, ...others } = counts;
  const { command } = sent;
  const mayGrow =
    (command.kind === 'sync' && command.hostMs < 1e11) ||
    (command.kind === 'reboot' && command.ticks < 1e5);
  const maxShown = mayGrow ? 10 : 0;
  return { ...others, 'without *': shown <= maxShown ? shown + refused : NaN };
}

const commandCorruptionsOf = (bytes: number): Record<string, number> => ({
  'code 1': 94 * (bytes - 1) + 1,
  'code 2': 161 * bytes - 1,
  'without *': 94,
});

/** What the truncations of a command come to: in front of its `*`, then behind it. */
function truncatedCommand(text: string, sent: TaggedCommand): readonly [object, object] {
  const star = text.length - 5;
  const cuts = Array.from({ length: text.length }, (_, length) => text.slice(0, length));
  const reactions = (lines: readonly string[]): object =>
    tally(lines, (line) => reaction(line, sent));
  return [reactions(cuts.slice(0, star)), reactions(cuts.slice(star + 1))];
}

describe('a damaged command', () => {
  it.each(COMMAND_VECTORS)('$text: every corruption of one byte', (vector) => {
    expect(corruptedCommand(vector.text, vector)).toEqual(commandCorruptionsOf(vector.text.length));
  });

  it.each(COMMAND_VECTORS)('$text: every truncation', (vector) => {
    const [inFront, behind] = truncatedCommand(vector.text, vector);
    expect(inFront).toMatchObject({ nothing: 1 });
    expect(inFront).not.toHaveProperty('wrong');
    expect(behind).toEqual({ 'code 1': 4 });
  });

  it('of any value: every corruption of one byte, every truncation', () => {
    fc.assert(
      fc.property(commands, (sent) => {
        const text = withoutLineEnd(encodeHostCommand(sent.tag, sent.command));
        expect(corruptedCommand(text, sent)).toEqual(commandCorruptionsOf(text.length));
        const [inFront, behind] = truncatedCommand(text, sent);
        expect(inFront).not.toHaveProperty('wrong');
        expect(behind).toEqual({ 'code 1': 4 });
        expect(decodeHostCommand(text.slice(0, -5))).toEqual({ kind: 'command', ...sent });
      }),
      { numRuns: 60 },
    );
  });

  it('whose * became a digit can be another SYNC, if its number is short', () => {
    // The CRC of the sent command has no letters: `SYNC 14*1698` and one wrong byte.
    const sent: TaggedCommand = { tag: '', command: { kind: 'sync', hostMs: 14 } };
    const wire = withoutLineEnd(encodeHostCommand('', sent.command));
    expect(wire).toBe('SYNC 14*1698');
    expect(reaction(wire.replace('*', '7'), sent)).toBe('echo differs');
  });
});
