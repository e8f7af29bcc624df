import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ATTRIBUTION_SETTINGS } from '../../../pipeline/core/attribution-settings.ts';
import { AUDIT_SETTINGS } from '../../../pipeline/core/audit-settings.ts';
import { SIGNAL_SETTINGS } from '../../../pipeline/core/signal-settings.ts';

const SQL = join(import.meta.dirname, '../../../pipeline/sql');
/** What a run fills in itself: which consent counts. */
const OF_A_RUN = 'consent_ever';

describe('ATTRIBUTION_SETTINGS', () => {
  it('are, with those of signals and of the audit, exactly those that SQL models name', async () => {
    const files = (await readdir(SQL, { recursive: true })).filter((file) => file.endsWith('.sql'));
    const texts = await Promise.all(files.map((file) => readFile(join(SQL, file), 'utf8')));
    const named = texts.flatMap((text) =>
      [...text.matchAll(/:([a-z_]+)/g)].map(([, name]) => name),
    );
    const settings = { ...ATTRIBUTION_SETTINGS, ...AUDIT_SETTINGS, ...SIGNAL_SETTINGS };
    expect(new Set(named)).toEqual(new Set([...Object.keys(settings), OF_A_RUN]));
  });
});
