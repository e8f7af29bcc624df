/** Rules of the house that no compiler and no linter holds. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../scenarios/index.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Every file that is part of the project, tracked or about to be, by its path from the root. */
const FILES = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
)
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(ROOT, path)));
const SOURCES = FILES.filter((path) => path.endsWith('.ts'));
const TESTS = SOURCES.filter((path) => path.startsWith('test/'));
const PURE = SOURCES.filter((path) => /^(firmware-protocol|(?!test\/)[\w-]+\/core)\//.test(path));

/** The files of which it holds. */
function filesWith(pattern: RegExp, files: readonly string[]): string[] {
  return files.filter((path) => pattern.test(readFileSync(join(ROOT, path), 'latin1')));
}

function escapeText(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
}

test('there are files to look at', () => {
  expect(FILES).toEqual(expect.arrayContaining(['package.json', 'README.md', 'test/tidy.test.ts']));
  expect(PURE).toEqual(
    expect.arrayContaining(['firmware-protocol/crc16.ts', 'simulator/core/trainer.ts']),
  );
  expect(PURE.length).toBeGreaterThan(25);
});

describe('pure code', () => {
  /** A file of types alone has nothing that could be tested. */
  const hasCode = (path: string): boolean =>
    filesWith(/^export (const|function|class|async|\{)/m, [path]).length > 0;

  test.each(PURE.filter(hasCode))('%s has its mirror in test/', (path) => {
    expect(FILES).toContain(`test/${path.replace(/\.ts$/, '.test.ts')}`);
  });

  test.each([
    ['Math.random', /\bMath\s*\.\s*random\b/, 'Math.random()'],
    ['Date.now', /\bDate\s*\.\s*now\b/, 'Date.now()'],
    ['the time of now as a date', /\bnew\s+Date\s*(\(\s*\)|(?!\s*\())/, 'new Date()'],
    ['the time of now as a text', /(?<!new\s)\bDate\s*\(/, 'Date()'],
    ['performance.now', /\bperformance\s*\.\s*now\b/, 'performance.now()'],
  ])('never asks for %s', (_, pattern, sample) => {
    expect(sample).toMatch(pattern);
    expect('new Date(epochMs).toISOString()').not.toMatch(pattern);
    expect(filesWith(pattern, PURE)).toEqual([]);
  });
});

describe('tests', () => {
  // Put together from two halves, so that this file does not find itself.
  const CALLS = ['describe', 'test', 'it', 'suite'].join('|');

  test.each([
    [
      'focused',
      new RegExp(String.raw`\b(${CALLS})(\.\w+)*\.on${''}ly\b|\bf(describe|it)\(`),
      `test.on${''}ly('x')`,
    ],
    [
      'left out without a condition',
      new RegExp(String.raw`\b(${CALLS})(\.\w+)*\.(sk${''}ip|to${''}do)\b|\bx(describe|it)\(`),
      `describe.sk${''}ip('x')`,
    ],
    ['mocking modules', new RegExp(String.raw`\bvi\.(do)?mo${''}ck\(`, 'i'), `vi.mo${''}ck('x')`],
  ])('none is %s', (_, pattern, sample) => {
    expect(sample).toMatch(pattern);
    expect("describe.skipIf(!IS_THERE)('x')").not.toMatch(pattern);
    expect(filesWith(pattern, TESTS)).toEqual([]);
  });

  test('each stands beside what it tests: a folder in test/ has one of the same name outside, or is of the known others', () => {
    const others = ['bench', 'contracts', 'e2e', 'faults', 'properties'];
    const rooms = new Set(FILES.map((path) => path.split('/')[0]));
    const folders = new Set(TESTS.flatMap((path) => path.split('/').slice(1, -1).slice(0, 1)));
    expect([...folders].filter((name) => !rooms.has(name) && !others.includes(name))).toEqual([]);
  });
});

describe('sources', () => {
  test('switch no check off and leave nothing for later', () => {
    const pattern = new RegExp(
      `(es|ox)lint-dis${''}able|@ts-(ig${''}nore|expect-er${''}ror|nocheck)|\\b(TO${''}DO|FIX${''}ME)\\b`,
    );
    expect(`// oxlint-dis${''}able`).toMatch(pattern);
    expect(filesWith(pattern, SOURCES)).toEqual([]);
  });

  test('have names in kebab-case that say what they hold', () => {
    const names = SOURCES.map((path) => basename(path));
    const odd = names.filter(
      (name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench|config|child))?\.ts$/.test(name),
    );
    const vague = SOURCES.filter((path) =>
      /(^|\/)(utils?|helpers?|shared|common|misc)(\/|\.ts$)/.test(path),
    );
    expect([...odd, ...vague]).toEqual([]);
  });

  test('name what they export: no door is open for everything', () => {
    expect(filesWith(/^export \*/m, SOURCES)).toEqual([]);
  });
});

describe('the files of the project', () => {
  test.each([
    ['the folder of this checkout', escapeText(ROOT.replace(/\/$/, ''))],
    ['the home of whoever works on it', escapeText(`${homedir()}/`)],
    ['the home of anybody on another system', /\/Users\/\w|[A-Z]:\\Users/],
    ['a package registry', /\bregistry\.[a-z0-9-]+\.[a-z]/],
  ])('do not name %s', (_, pattern) => {
    expect(
      filesWith(
        pattern,
        FILES.filter((path) => path !== 'test/tidy.test.ts'),
      ),
    ).toEqual([]);
  });

  test('lock packages without the address they came from', () => {
    const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
    expect(lock).toContain('"integrity"');
    expect(lock).not.toContain('"resolved": "http');
  });
});

describe('the catalogue', async () => {
  const titles = (await loadCatalogue({ large: true })).map(({ file, scenario }) => ({
    file,
    name: scenario.name,
  }));

  test.each(titles)('$file has a sentence for a title', ({ name }) => {
    expect(name).toMatch(/^[A-Z0-9][^.!?:;]*[a-z0-9]$/);
    expect(name.split(' ').length).toBeGreaterThanOrEqual(5);
  });
});
