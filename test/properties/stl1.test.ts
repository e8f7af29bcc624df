import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  decodeDeviceLine,
  decodeHostCommand,
  encodeDeviceLine,
  encodeHostCommand,
  MAX_LINE_BYTES,
} from '../../firmware-protocol/index.ts';
import type { DeviceLine, HostCommand } from '../../firmware-protocol/index.ts';
import { withCrc } from '../firmware-protocol/reference-frame.ts';
import { commands, deviceLines, framedLines } from './stl1-arbitraries.ts';

/** What a reader that splits at LF hands to a decoder. */
const atLineFeed = (wire: string): string => wire.slice(0, -1);

describe('round trip', () => {
  it('every line of a device comes back as it was encoded', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(deviceLines, (line) => {
        kinds.add(line.kind);
        const wire = encodeDeviceLine(line);
        expect(wire.endsWith('\r\n')).toBe(true);
        expect(wire.length).toBeLessThanOrEqual(MAX_LINE_BYTES);
        expect(decodeDeviceLine(atLineFeed(wire))).toEqual(line);
      }),
      { numRuns: 1000 },
    );
    expect(kinds.size).toBe(13);
  });

  it('every command comes back as it was encoded', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(commands, ({ tag, command }) => {
        kinds.add(command.kind);
        const wire = encodeHostCommand(tag, command);
        expect(wire.endsWith('\r\n')).toBe(true);
        expect(wire.length).toBeLessThanOrEqual(MAX_LINE_BYTES);
        expect(decodeHostCommand(atLineFeed(wire))).toEqual({ kind: 'command', tag, command });
      }),
      { numRuns: 1000 },
    );
    expect(kinds.size).toBe(7);
  });
});

describe('the longest line of each kind fits', () => {
  const tag = 'Zz09';
  const boot = 'FFFF';
  const ticks = 2 ** 32 - 1;
  const hostMs = Number.MAX_SAFE_INTEGER;
  const serialNumber = 'f'.repeat(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const options = Array.from({ length: 6 }, () => 'ABCDEFGH');

  const lines: readonly (readonly [bytes: number, line: DeviceLine])[] = [
    [41, { kind: 'reading', boot, seq: 65_535, ticks, distance: 65_535, flags: 255 }],
    [26, { kind: 'boot', boot, why: 'BROWNOUT' }],
    [26, { kind: 'heartbeat', boot, ticks }],
    [53, { kind: 'fault', code: 99, text: 'x'.repeat(40) }],
    [82, { kind: 'id', tag, model: 'Trainer', serialNumber, firmware: '12.34.56', boot }],
    [77, { kind: 'caps', tag, maxRateHz: 1000, options }],
    [26, { kind: 'started', tag, rateHz: 1000 }],
    [26, { kind: 'stopped', tag, seq: 65_535 }],
    [21, { kind: 'pong', tag }],
    [23, { kind: 'rebooting', tag }],
    [56, { kind: 'synced', tag, hostMs, rxTicks: ticks, txTicks: ticks }],
    [18, { kind: 'error', tag, code: 7 }],
    [82, { kind: 'text', text: 'x'.repeat(79) }],
  ];

  it.each(lines)('%i bytes: %o', (bytes, line) => {
    const wire = encodeDeviceLine(line);
    expect(wire).toHaveLength(bytes);
    expect(decodeDeviceLine(atLineFeed(wire))).toEqual(line);
  });

  it.each<[number, HostCommand]>([
    [16, { kind: 'identify' }],
    [18, { kind: 'capabilities' }],
    [23, { kind: 'start', rateHz: 1000 }],
    [17, { kind: 'stop' }],
    [34, { kind: 'sync', hostMs }],
    [17, { kind: 'ping' }],
    [36, { kind: 'reboot', seq: 65_535, ticks }],
  ])('%i bytes: %o', (bytes, command) => {
    expect(encodeHostCommand(tag, command)).toHaveLength(bytes);
  });
});

describe('one spelling', () => {
  /** A text with a few characters replaced, inserted or taken away; the characters are those of the grammar. */
  const edits = fc.array(
    fc.record({
      at: fc.nat(80),
      remove: fc.nat(2),
      insert: fc.string({ unit: fc.constantFrom(...'019aAFfR+-., *@x?'.split('')), maxLength: 2 }),
    }),
    { maxLength: 2 },
  );
  type Edit = { readonly at: number; readonly remove: number; readonly insert: string };
  const edited = (text: string, changes: readonly Edit[]): string =>
    changes.reduce((result, { at, remove, insert }) => {
      const index = at % (result.length + 1);
      return result.slice(0, index) + insert + result.slice(index + remove);
    }, text);

  it('what is accepted from a device encodes to the same bytes', () => {
    let accepted = 0;
    let rejected = 0;
    fc.assert(
      fc.property(framedLines, edits, (line, changes) => {
        const text = edited(encodeDeviceLine(line).slice(0, -7), changes);
        const decoded = decodeDeviceLine(withCrc(text));
        if (decoded.kind === 'rejected') rejected++;
        else accepted++;
        const wire = decoded.kind === 'rejected' ? undefined : encodeDeviceLine(decoded);
        expect([undefined, `${withCrc(text)}\r\n`]).toContain(wire);
      }),
      { numRuns: 5000 },
    );
    expect(accepted + rejected).toBe(5000);
    expect(Math.min(accepted, rejected)).toBeGreaterThan(500);
  });

  it('what is accepted from a host encodes to the same bytes', () => {
    let accepted = 0;
    let rejected = 0;
    fc.assert(
      fc.property(commands, edits, (tagged, changes) => {
        const text = edited(encodeHostCommand(tagged.tag, tagged.command).slice(0, -7), changes);
        const decoded = decodeHostCommand(withCrc(text));
        if (decoded.kind === 'command') accepted++;
        else rejected++;
        const wire =
          decoded.kind === 'command' ? encodeHostCommand(decoded.tag, decoded.command) : undefined;
        expect([undefined, `${withCrc(text)}\r\n`]).toContain(wire);
      }),
      { numRuns: 5000 },
    );
    expect(accepted + rejected).toBe(5000);
    expect(Math.min(accepted, rejected)).toBeGreaterThan(500);
  });
});

describe('arbitrary input', () => {
  const bytes = fc
    .uint8Array({ maxLength: 300 })
    .map((array) => Buffer.from(array).toString('latin1'));
  const printable = fc.string({ maxLength: 100 });
  const classed = fc
    .tuple(fc.constantFrom('$', '!', '=', '#'), printable)
    .map((parts) => parts.join(''));
  const input = fc.oneof(bytes, printable, classed, fc.string({ unit: 'binary', maxLength: 100 }));

  it('never throws, and is a reject or free text', () => {
    const counts = new Map<string, number>();
    const count = (kind: string): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
    fc.assert(
      fc.property(input, (line) => {
        const decoded = decodeDeviceLine(line);
        count(decoded.kind);
        expect(decoded.kind).toBe(
          line.startsWith('#') && decoded.kind === 'text' ? 'text' : 'rejected',
        );
      }),
      { numRuns: 5000 },
    );
    expect((counts.get('rejected') ?? 0) + (counts.get('text') ?? 0)).toBe(5000);
    expect([...counts.keys()].toSorted()).toEqual(['rejected', 'text']);
  });

  it('never throws as a command, and is rejected with one of the four codes of a decoder, or empty', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(input, (line) => {
        const decoded = decodeHostCommand(line);
        outcomes.add(decoded.kind === 'rejected' ? `code ${decoded.code}` : decoded.kind);
        expect(decoded.kind === 'nothing').toBe(line === '' || line === '\r');
        expect(decoded.kind).not.toBe('command');
      }),
      { numRuns: 5000 },
    );
    for (const outcome of outcomes)
      expect(['nothing', 'code 1', 'code 2', 'code 3', 'code 4']).toContain(outcome);
    expect(outcomes.size).toBeGreaterThanOrEqual(3);
  });
});
