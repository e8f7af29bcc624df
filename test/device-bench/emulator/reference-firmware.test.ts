/** The committed firmware: its files, its start, its memory. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REFERENCE_HEX, referencePath } from './hex-file.ts';
import { powerReference } from './reference-board.ts';

const CORE_LINES_MAX = 200;
const FLASH_BYTES_MAX = 6 * 1024;
const RAM_BYTES_MAX = 512;

describe('the files', () => {
  test('the checksum beside the hex file is its own', () => {
    const [sum, name] = readFileSync(referencePath('stl-reference.hex.sha256'), 'utf8')
      .trim()
      .split(/\s+/);
    expect(name).toBe('stl-reference.hex');
    expect(createHash('sha256').update(REFERENCE_HEX).digest('hex')).toBe(sum);
  });

  test('the core is small, and uses neither heap nor stdio', () => {
    const core = readFileSync(referencePath('stl_device.c'), 'utf8');
    expect(core.split('\n').length - 1).toBeLessThan(CORE_LINES_MAX);
    expect(core).not.toMatch(/\b(malloc|calloc|realloc|free|\w*printf|stdio|stdlib)\b/);
    expect(core).not.toMatch(/avr|ISR|cli\(|sei\(/);
  });
});

describe('the start', () => {
  const first = powerReference();

  test('is announced with its reason, and what follows carries its boot id', () => {
    expect(first.lines.map(({ line }) => line)).toEqual([
      { kind: 'boot', boot: expect.stringMatching(/^[0-9A-F]{4}$/), why: 'PWR' },
    ]);
  });

  test('makes a serial number once: a UUID of version 4 that every further start keeps', () => {
    const before = first.ask('ID?').split(',');
    first.restart();
    const after = first.ask('ID?').split(',');
    expect(before[5]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(after.slice(0, 7)).toEqual(before.slice(0, 7));
    expect(after[7]).not.toBe(before[7]);
    expect(first.lines.at(-2)?.line).toMatchObject({ kind: 'boot', why: 'RST', boot: after[7] });
  });

  test('has an id that no start before it had', () => {
    const { lines, say } = powerReference();
    for (let count = 0; count < 100; count++) say('REBOOT 0 0\n', 20);
    const ids = lines.flatMap(({ line }) => (line.kind === 'boot' ? [line.boot] : []));
    expect(ids).toHaveLength(101);
    expect(new Set(ids).size).toBe(101);
  });
});

test('memory stays within its bounds, the stack included', () => {
  const { board, say } = powerReference();
  say(
    `START 200\n${'@abcd ID?\nSYNC 9007199254740991\nX\n'.repeat(3)}${'\xff'.repeat(200)}\n`,
    1_000,
  );
  // Interrupts come on top of the stack wherever it is: many moments find the deepest place.
  for (let count = 0; count < 20; count++) {
    say(
      '@abcd REBOOT 65535 4294967295\nSTART 200\n@a SYNC 9007199254740991\n',
      97.3 + count * 0.017,
    );
  }
  const { flash, ram } = board.memoryUse();
  expect(flash).toBeLessThan(FLASH_BYTES_MAX);
  expect(ram).toBeLessThan(RAM_BYTES_MAX);
  expect(ram).toBeGreaterThan(300);
  const docs = readFileSync(new URL('../../../docs/firmware.md', import.meta.url), 'utf8');
  expect(docs).toContain(`| ${flash.toLocaleString('en-US')} `);
});

test('two boards that are told the same at the same time say the same at the same cycles', () => {
  const [first, second] = [powerReference(), powerReference()].map(
    ({ board, lines, say, restart }) => {
      say('@a CAPS?\n', 33.3);
      say('START 175\n', 1_000);
      restart();
      say('garbage\xff\nSYNC 1655564444103\n', 300);
      return { lines, cycles: board.cycles() };
    },
  );
  expect(first?.lines.length).toBeGreaterThan(100);
  expect(second).toEqual(first);
});
