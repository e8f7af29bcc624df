import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, afterAll, expect, it } from 'vitest';
import { findPorts } from '../../../bridge/serial/find-ports.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stedi-find-'));
  for (const place of ['one', 'two']) {
    mkdirSync(join(folder, place));
    for (const name of ['ttyUSB1', 'ttyUSB0', '.hidden'])
      writeFileSync(join(folder, place, name), '');
  }
  mkdirSync(join(folder, 'three'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'two', 'ttyUSB9'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['one/ttyUSB*', ['one/ttyUSB0', 'one/ttyUSB1']],
  ['*/ttyUSB0', ['one/ttyUSB0', 'two/ttyUSB0']],
  ['t*/ttyUSB[19]', ['two/ttyUSB1', 'two/ttyUSB9']],
  ['one/*', ['one/ttyUSB0', 'one/ttyUSB1']],
  ['none*/ttyUSB0', []],
  ['nowhere/ttyUSB*', []],
  ['one/ttyUSB0/x*', []],
  ['one/ttyUSB5', ['one/ttyUSB5']],
])('%s stands for %j', async (pattern, paths) => {
  expect(await findPorts(join(folder, pattern))).toEqual(paths.map((path) => join(folder, path)));
});

it('a name that is no path of a file stands for itself', async () => {
  expect(await findPorts('COM3')).toEqual(['COM3']);
});
