import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCorrections } from '../../../../cli/commands/quarantine/corrections.ts';
import { UsageError } from '../../../../cli/exit-codes.ts';

const ID = 'step_trainer_landing/date=2022-06-18/b-0f3a-0000000001.json.gz#7';
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-fix-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(...lines: readonly unknown[]): Promise<[string, string][]> {
  const path = join(folder, 'fix.ndjson');
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  await writeFile(path, text.join('\n'));
  const corrections = await readCorrections(path);
  return [...corrections].map(([id, bytes]) => [id, Buffer.from(bytes).toString('latin1')]);
}

it('reads text and bytes by the ids of entries, with or without the folder in front', async () => {
  const other = ID.replace('#7', '#8');
  expect(
    await read(
      { id: ID, original: '{"ż":1}' },
      '',
      { id: `quarantine/${other}`, original: 'AP8=', encoding: 'base64' },
      '',
    ),
  ).toEqual([
    [ID, Buffer.from('{"ż":1}').toString('latin1')],
    [other, '\u0000\u00ff'],
  ]);
});

it.each([
  ['no JSON', 'text', /line 1: "id" is no entry/],
  ['no entry', { id: 'x#1', original: '' }, /line 1: "id" is no entry/],
  ['no original', { id: ID }, /line 1: write/],
  ['another encoding', { id: ID, original: '', encoding: 'hex' }, /line 1: write/],
])('names the line of %s', async (_what, line, message) => {
  const reading = read(line);
  await expect(reading).rejects.toThrow(UsageError);
  await expect(reading).rejects.toThrow(message);
});

it('refuses two originals for one entry, and a file that is not there', async () => {
  const line = { id: ID, original: '' };
  await expect(read(line, line)).rejects.toThrow(/line 2: the same "id"/);
  await expect(readCorrections(join(folder, 'nothing'))).rejects.toThrow(UsageError);
});
