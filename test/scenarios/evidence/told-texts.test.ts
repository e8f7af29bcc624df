import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { collectToldTexts } from '../../../scenarios/evidence/told-texts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stedi-told-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('takes names of objects, reasons of quarantine and findings, and not what somebody sent', async () => {
  const [landing, zones] = [join(folder, 'landing'), join(folder, 'zones')];
  await mkdir(join(landing, 'quarantine', 'step_trainer_landing'), { recursive: true });
  await mkdir(zones);
  const line = JSON.stringify({
    reason: 'garbled-line',
    source: 'tty0',
    original: 'ann@mail.example',
  });
  const path = join(landing, 'quarantine', 'step_trainer_landing', 'bridge-1.json');
  await writeFile(path, `${line}\n${line}\n`);
  await writeFile(join(zones, '_zones.json'), '{}');
  const audit = [{ id: 'duplicate-rows', rows: 1, title: 'Rows that repeat others' }];
  expect(await collectToldTexts({ landing, zones, audit })).toEqual([
    { place: 'quarantine', text: 'quarantine/step_trainer_landing/bridge-1.json' },
    { place: '_zones.json', text: '_zones.json' },
    { place: 'quarantine', text: 'garbled-line tty0' },
    { place: 'audit', text: 'duplicate-rows Rows that repeat others' },
  ]);
});
