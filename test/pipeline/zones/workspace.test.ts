import { chmod, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import { Workspace, zonePath } from '../../../pipeline/zones/workspace.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';

async function fill(workspace: Workspace, text: string): Promise<void> {
  for (const table of ZONE_TABLES) await writeFile(workspace.tablePath(table), `${text} ${table}`);
}

describe('Workspace', () => {
  it('publishes everything at once and leaves nothing else', async () => {
    await withTempFolder(async (folder) => {
      const out = join(folder, 'a', 'zones');
      const workspace = await Workspace.open(out);
      await fill(workspace, 'first');
      expect(await readdir(out)).toEqual([expect.stringMatching(/^\.tmp-/)]);
      await workspace.publish();
      await workspace.dispose();
      expect((await readdir(out)).sort((a, b) => (a < b ? -1 : 1))).toEqual(
        [...ZONE_TABLES].sort((a, b) => (a < b ? -1 : 1)),
      );
      expect(await readFile(zonePath(out, 'customer_trusted'), 'utf8')).toBe(
        'first customer_trusted',
      );
    });
  });

  it('replaces what an earlier run left, an old quarantine too', async () => {
    await withTempFolder(async (out) => {
      const first = await Workspace.open(out);
      await fill(first, 'first');
      await mkdir(join(first.quarantineFolder, 'customer_landing'), { recursive: true });
      await writeFile(join(first.quarantineFolder, 'customer_landing/quarantine.ndjson'), '{}');
      await first.publish();
      await first.dispose();
      expect(await readdir(out)).toContain('quarantine');
      const second = await Workspace.open(out);
      await fill(second, 'second');
      await second.publish();
      await second.dispose();
      expect(await readdir(out)).not.toContain('quarantine');
      expect(await readFile(zonePath(out, 'customer_curated'), 'utf8')).toBe(
        'second customer_curated',
      );
    });
  });

  it('leaves an earlier run as it was, and no folder of its own, when it does not publish', async () => {
    await withTempFolder(async (folder) => {
      const out = join(folder, 'zones');
      await (await Workspace.open(out)).dispose();
      expect(await readdir(folder)).toEqual([]);
      await writeFiles(out, {
        'notes.txt': 'mine',
        'customer_trusted/customer_trusted.parquet': 'old',
      });
      const workspace = await Workspace.open(out);
      await fill(workspace, 'new');
      await workspace.dispose();
      expect(await readFile(zonePath(out, 'customer_trusted'), 'utf8')).toBe('old');
      expect(await readdir(out)).toEqual(['customer_trusted', 'notes.txt']);
    });
  });

  it('puts everything back when publishing fails half-way', async () => {
    await withTempFolder(async (out) => {
      await writeFiles(
        out,
        Object.fromEntries(ZONE_TABLES.map((table) => [`${table}/${table}.parquet`, 'old'])),
      );
      const workspace = await Workspace.open(out);
      await fill(workspace, 'new');
      // Customers are moved first; then comes a link that leads to itself, which nothing can be made of.
      const loop = join(out, 'step_trainer_trusted');
      await rename(loop, join(out, 'aside'));
      await symlink(loop, loop);
      await expect(workspace.publish()).rejects.toMatchObject({ code: 'OUTPUT_UNWRITABLE' });
      await workspace.dispose();
      await rm(loop);
      await rename(join(out, 'aside'), loop);
      for (const table of ZONE_TABLES) {
        expect(await readFile(zonePath(out, table), 'utf8')).toBe('old');
      }
    });
  });

  it.each([
    'customer_trusted/mine.txt',
    'quarantine/mine.txt',
    'quarantine/customer_landing/mine.json',
  ])('does not replace a folder that holds %s', async (path) => {
    await withTempFolder(async (out) => {
      await writeFiles(out, { [path]: 'mine' });
      await expect(Workspace.open(out)).rejects.toMatchObject({ code: 'OUTPUT_NOT_OURS' });
      expect(await readFile(join(out, path), 'utf8')).toBe('mine');
    });
  });

  it('says which folder cannot be written to', async () => {
    await withTempFolder(async (folder) => {
      await writeFiles(folder, { file: 'x' });
      for (const out of [join(folder, 'file'), join(folder, 'file/zones'), '/proc/zones']) {
        await expect(Workspace.open(out)).rejects.toMatchObject({
          code: 'OUTPUT_UNWRITABLE',
          message: expect.stringContaining(out) as string,
        });
      }
    });
  });

  it.runIf(process.getuid?.() !== 0)('says that a folder may not be written to', async () => {
    await withTempFolder(async (folder) => {
      await chmod(folder, 0o500);
      await expect(Workspace.open(join(folder, 'zones'))).rejects.toMatchObject({
        code: 'OUTPUT_UNWRITABLE',
      });
      await chmod(folder, 0o700);
    });
  });
});
