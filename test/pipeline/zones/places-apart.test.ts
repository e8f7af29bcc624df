import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PipelineError } from '../../../pipeline/pipeline-error.ts';
import { parsePlace } from '../../../pipeline/storage/place.ts';
import { requireApart } from '../../../pipeline/zones/places-apart.ts';
import { withTempFolder } from '../temp-folder.ts';

const PAIRS = [
  ['lake/landing', 'lake/zones', true],
  ['lake', 'lake', true],
  ['lake', 'lake/zones', true],
  ['lake/landing', 'lake', true],
  ['lake', 'lake/customer_landing', false],
  ['lake', 'lake/step_trainer/landing/zones/strict', false],
  ['lake/quarantine', 'lake', false],
  ['lake/_landing', 'lake', false],
  ['lake/customer_trusted/x', 'lake', false],
  ['lake', 'lake/customer_landing_zones', true],
] as const;

it.each(PAIRS)('landing %s and output %s may lie so: %s', async (landing, out, isFine) => {
  await withTempFolder(async (folder) => {
    const roots = [`${folder}/`, 's3://bucket/'];
    for (const root of roots) {
      const outcome = await requireApart(parsePlace(root + landing), parsePlace(root + out)).catch(
        (error: unknown) => (error as PipelineError).code,
      );
      expect(outcome).toBe(isFine ? undefined : 'OUTPUT_NOT_OURS');
    }
    await requireApart(parsePlace(roots[0] + landing), parsePlace(roots[1] + out));
  });
});

it('sees through links and spellings', async () => {
  await withTempFolder(async (folder) => {
    await mkdir(join(folder, 'lake/customer_landing'), { recursive: true });
    await symlink(join(folder, 'lake'), join(folder, 'link'));
    for (const out of ['link/customer_landing/zones', 'other/../lake/customer_landing/./zones']) {
      await expect(
        requireApart(parsePlace(join(folder, 'lake')), parsePlace(`${folder}/${out}`)),
      ).rejects.toThrow('customer_landing/');
    }
  });
});

it('keeps storages of other endpoints apart', async () => {
  const landing = parsePlace('s3://lake', 'http://one/');
  const out = 's3://lake/customer_landing';
  await requireApart(landing, parsePlace(out, 'http://two'));
  await expect(requireApart(landing, parsePlace(out, 'http://one'))).rejects.toThrow('lie in');
});
