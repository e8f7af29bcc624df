import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  missingSections,
  PROTOCOL_PAGE,
  renderProtocol,
} from '../../tools/protocol-page/write-protocol.ts';
import { JUDGES } from '../../device-bench/index.ts';
import {
  crc16CcittFalse,
  decodeDeviceLine,
  decodeHostCommand,
  encodeDeviceLine,
  encodeHostCommand,
  RULE_IDS,
  RULE_VECTORS,
  RULES,
} from '../../firmware-protocol/index.ts';
import type { RuleId } from '../../firmware-protocol/index.ts';
import { NASTY_LINES } from '../firmware-protocol/nasty-lines.ts';
import { referenceCrc } from '../firmware-protocol/reference-frame.ts';
import { commands, deviceLines } from '../properties/stl1-arbitraries.ts';
import { readGrammar, toRegExp } from './ebnf.ts';
import { codeBlocks } from './markdown.ts';

const page = await readFile(PROTOCOL_PAGE, 'utf8');

describe('the specification', () => {
  test('has a place for everything that is written by itself', () => {
    expect(missingSections(page)).toEqual([]);
  });

  test('is what the rules and the codec make of it: npm run docs:protocol', async () => {
    expect(await renderProtocol(page)).toBe(page);
  });

  test('is found stale when a word of a rule or a number of a table changes', async () => {
    const { must } = RULES['STL-FRAME-003'];
    const changed = page.replace(must, 'The CRC SHOULD be right.').replace('`29B1`', '`31C3`');
    expect(changed).not.toBe(page);
    expect(await renderProtocol(changed)).toBe(page);
  });
});

describe('every rule is in the text, in the kit, and in the conversations that the codec is held to', () => {
  const headings = [...page.matchAll(/^#### (STL-\w+-\d{3})$/gm)].map(([, id]) => id);

  test('once each, in the order of the table', () => {
    expect(headings).toEqual(RULE_IDS);
    expect(Object.keys(JUDGES).toSorted()).toEqual(RULE_IDS.toSorted());
    expect(Object.keys(RULE_VECTORS).toSorted()).toEqual(RULE_IDS.toSorted());
  });

  test.each(RULE_IDS)('%s has its sentence, level, hint and conversations', (id) => {
    const { level, title, must, hint } = RULES[id];
    const [, section = ''] = page.split(`#### ${id}\n`);
    const own = section.split('\n#')[0] ?? '';
    // The formatter marks emphasis and escapes in its own way.
    const plain = own.replaceAll('\\', '');
    for (const part of [title, must, hint, `Level ${level}`, 'Right: ', 'Wrong: ']) {
      expect(plain).toContain(part.replaceAll('\\', ''));
    }
    expect(codeBlocks(own, 'text')).toHaveLength(2);
  });

  test('the text names no rule that does not exist', () => {
    const named = new Set([...page.matchAll(/STL-[A-Z]+-\d+/g)].map(([id]) => id));
    expect([...named].toSorted()).toEqual(RULE_IDS.toSorted());
  });
});

describe('the grammar', () => {
  const grammar = readGrammar(codeBlocks(page, 'ebnf')[0] ?? '');
  const deviceLine = toRegExp(grammar, 'device-line');
  const hostLine = toRegExp(grammar, 'host-line');
  const nasty = Object.values(NASTY_LINES).flatMap((lines) => lines.map(([bytes]) => bytes));

  test('has the lines that the codec writes', () => {
    fc.assert(
      fc.property(deviceLines, (line) => {
        expect(encodeDeviceLine(line)).toMatch(deviceLine);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(commands, ({ tag, command }) => {
        const wire = encodeHostCommand(tag, command);
        expect(wire).toMatch(hostLine);
        expect(`${wire.slice(0, -7)}\n`).toMatch(hostLine);
      }),
      { numRuns: 500 },
    );
  });

  test('has every line that the codec reads, and no other but for what it says in comments', () => {
    /** What the comments say: the CRC, ranges of numbers, the length of a framed line, how free text ends. */
    const inComments = (rule: RuleId, line: string): boolean =>
      /^STL-(FRAME-003|FRAME-009|SEQ-002|TICK-002|IDENT-004)$/.test(rule) ||
      (rule === 'STL-FRAME-002' && !line.startsWith('#')) ||
      (rule === 'STL-FRAME-007' && /\d{3,}|START,0/.test(line.slice(0, -5)));
    const odd = nasty.filter((line) => {
      const decoded = decodeDeviceLine(line);
      const isInGrammar = deviceLine.test(`${line}\n`);
      return decoded.kind === 'rejected'
        ? isInGrammar && !inComments(decoded.rule, line)
        : !isInGrammar;
    });
    expect(odd).toEqual([]);
    const oddCommands = nasty.filter((line) => {
      const decoded = decodeHostCommand(line);
      const isInGrammar = hostLine.test(`${line}\n`);
      return decoded.kind === 'rejected'
        ? isInGrammar && decoded.code !== 1 && decoded.code !== 4
        : !isInGrammar;
    });
    expect(oddCommands).toEqual([]);
  });

  test('refuses almost all nasty lines by itself', () => {
    expect(nasty.filter((line) => deviceLine.test(`${line}\n`)).length).toBeLessThan(40);
  });
});

describe('the CRC of the specification', () => {
  const texts = ['', '123456789', '$R,7F3A,0,421,181,0', '=OK,9,START,50', '\u00ff\0 ~'];
  const compiler = spawnSync('cc', ['--version']).status === 0 ? 'cc' : undefined;

  test('in pseudo code is the one of the codec', () => {
    const block = codeBlocks(page, 'text').find((text) => text.includes('for each byte')) ?? '';
    const steps = block
      .split('\n')
      .filter((line) => line.startsWith('    '))
      .map((line) => line.replace(/ {3,}keep.*/, '').replaceAll(' xor ', ' ^ '));
    expect(steps).toHaveLength(3);
    for (const text of texts) {
      const context = { crc: 0xffff, x: 0, byte: 0 };
      for (const byte of Buffer.from(text, 'latin1')) {
        context.byte = byte;
        runInNewContext(steps.join(';'), context);
        context.crc &= 0xffff;
      }
      expect(context.crc).toBe(crc16CcittFalse(text));
    }
  });

  test.skipIf(compiler === undefined)('in C is the one of the codec', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stedi-crc-'));
    try {
      const main =
        'int main(int c, char **v) { printf("%04X", stl_crc(v[1], strlen(v[1]))); return c == 0; }';
      const includes = ['stdint', 'stdio', 'string'].map((name) => `#include <${name}.h>`);
      const source = [...includes, codeBlocks(page, 'c')[0] ?? '', main].join('\n');
      writeFileSync(join(folder, 'crc.c'), source);
      execFileSync('cc', ['-Wall', '-Wextra', '-Werror', '-o', 'crc', 'crc.c'], { cwd: folder });
      for (const text of ['', '123456789', '$R,7F3A,0,421,181,0']) {
        const printed = execFileSync(join(folder, 'crc'), [text], { encoding: 'utf8' });
        expect(Number.parseInt(printed, 16)).toBe(referenceCrc(Buffer.from(text)));
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is that of every framed line on the page', () => {
    const framed = [...page.matchAll(/(?<=[ `])([$=!][A-Z][^*`\n]*)\*([0-9A-F]{4})(?=[ `\n])/g)];
    const wrong = framed.filter(([, text, crc]) => {
      const right = crc16CcittFalse(text ?? '')
        .toString(16)
        .toUpperCase()
        .padStart(4, '0');
      return right !== crc;
    });
    expect(framed.length).toBeGreaterThan(300);
    // Those of the examples of a wrong CRC.
    expect(wrong.length).toBeLessThan(10);
  });
});
