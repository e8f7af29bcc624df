import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ATTRIBUTION_SETTINGS } from '../../../pipeline/core/attribution-settings.ts';

const SQL = join(import.meta.dirname, '../../../pipeline/sql');

describe('ATTRIBUTION_SETTINGS', () => {
  it('are exactly those that SQL models name', async () => {
    const files = (await readdir(SQL, { recursive: true })).filter((file) => file.endsWith('.sql'));
    const texts = await Promise.all(files.map((file) => readFile(join(SQL, file), 'utf8')));
    const named = texts.flatMap((text) =>
      [...text.matchAll(/:([a-z_]+)/g)].map(([, name]) => name),
    );
    expect(new Set(named)).toEqual(new Set(Object.keys(ATTRIBUTION_SETTINGS)));
  });
});
