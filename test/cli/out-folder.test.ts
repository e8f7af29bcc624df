import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { refuseFile, requireFolder } from '../../cli/out-folder.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-out-'));
  await writeFile(join(folder, 'file'), '');
});
afterEach(() => rm(folder, { recursive: true }));

it('takes a folder, and for landing one that is not there yet', () => {
  expect(requireFolder(folder)).toBe(folder);
  const later = join(folder, 'not', 'yet');
  expect(refuseFile(later)).toBe(later);
  expect(() => requireFolder(later)).toThrow(UsageError);
  expect(() => requireFolder(later)).toThrow(`There is no folder ${later}.`);
});

it.each(['file', 'file/below'])('refuses %s', (name) => {
  for (const check of [refuseFile, requireFolder]) {
    expect(() => check(join(folder, name))).toThrow(UsageError);
    expect(() => check(join(folder, name))).toThrow(/is a file, or lies below one/);
  }
});
