import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIGNAL_SETTINGS } from '../../../pipeline/core/signal-settings.ts';

const SQL = join(import.meta.dirname, '../../../pipeline/sql/signal');

describe('SIGNAL_SETTINGS', () => {
  it('are exactly those that the models of signals name', async () => {
    const files = (await readdir(SQL)).filter((file) => file.endsWith('.sql'));
    const texts = await Promise.all(files.map((file) => readFile(join(SQL, file), 'utf8')));
    const named = texts.flatMap((text) =>
      [...text.matchAll(/:([a-z_]+)/g)].map(([, name]) => name),
    );
    expect(new Set(named)).toEqual(new Set(Object.keys(SIGNAL_SETTINGS)));
  });
});
