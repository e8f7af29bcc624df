import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Engine, quoteText } from '../../../pipeline/engine/duckdb.ts';
import { countFolderRows, unpackedBytes } from '../../../pipeline/run/count-rows.ts';
import { estimateRows } from '../../../pipeline/run/engine-room.ts';
import { NOON, reading, sample } from '../lake.ts';
import { toLines, withTempFolder, writeFiles } from '../temp-folder.ts';

const ROWS = 5_000;

/** Counts what `fill` made in a folder. */
async function count(
  names: readonly string[],
  fill: (folder: string, engine: Engine) => Promise<unknown>,
): Promise<{ readonly rows: number; readonly bytes: number; readonly bySize: number }> {
  const engine = await Engine.open({ threads: 1 });
  try {
    return await withTempFolder(async (folder) => {
      await fill(folder, engine);
      const objects = await Promise.all(
        names.map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })),
      );
      const rows = await countFolderRows(engine, folder, objects);
      const bytes = objects.reduce((sum, object) => sum + object.bytes, 0);
      return { rows, bytes, bySize: estimateRows(objects) };
    });
  } finally {
    engine.close();
  }
}

const lines = toLines(
  Array.from({ length: ROWS }, (_, index) => sample('ann@example.org', NOON + 37 * index)),
);

it('counts the rows of Parquet to the row, also in names with quotes and patterns', async () => {
  const names = ["it's.parquet", 'b[1].PARQUET'];
  const counted = await count(names, async (folder, engine) => {
    for (const [index, name] of names.entries()) {
      await engine.run(
        `COPY (FROM range(${ROWS * (index + 1)})) TO ${quoteText(join(folder, name))} (FORMAT parquet)`,
      );
    }
  });
  expect(counted.rows).toBe(3 * ROWS);
});

it('takes the length of packed lines from their end, whatever they are called', async () => {
  const names = ['a.json.gz', 'b.json'];
  const { rows, bytes } = await count(names, (folder) =>
    writeFiles(folder, Object.fromEntries(names.map((name) => [name, gzipSync(lines)]))),
  );
  expect(rows / (2 * ROWS)).toBeGreaterThan(0.7);
  expect(rows / (2 * ROWS)).toBeLessThan(1.5);
  // By their packed length alone there would be far fewer.
  expect(bytes / 90).toBeLessThan(ROWS);
});

it('counts packed and plain lines alike', async () => {
  const plain = toLines(Array.from({ length: ROWS }, (_, index) => reading('box 1', NOON + index)));
  const packed = await count(['s.ndjson.gz'], (folder) =>
    writeFiles(folder, { 's.ndjson.gz': gzipSync(plain) }),
  );
  const unpacked = await count(['s.ndjson'], (folder) => writeFiles(folder, { 's.ndjson': plain }));
  expect(packed.rows).toBe(unpacked.rows);
});

it('goes by the size of what is broken, gone or tiny', async () => {
  const { rows, bySize } = await count(['a.parquet', 'b.gz'], (folder) =>
    writeFiles(folder, { 'a.parquet': 'PAR1, and no more', 'b.gz': Buffer.of(0x1f, 0x8b, 8) }),
  );
  expect(rows).toBeGreaterThan(0);
  expect(rows).toBeLessThanOrEqual(bySize);
  const engine = await Engine.open({ threads: 1 });
  try {
    const gone = { name: 'gone.json.gz', bytes: 6_000 };
    expect(await countFolderRows(engine, '/not/there', [gone])).toBe(1_000);
  } finally {
    engine.close();
  }
});

it.each([
  ['a small file', 300, 250, 300],
  ['one of 1.2 GB', 1.2e9, 100e6, 1.2e9],
  ['one of 5 GB', 5e9 - 2 ** 32, 400e6, 5e9],
  ['one of 60 GB', 60e9 % 2 ** 32, 5e9, 60e9],
  ['many in one, of which the last is small', 900, 100e6, 1.2e9],
])('unpacks in mind %s', (_, lastFour, packed, unpacked) => {
  expect(unpackedBytes(lastFour, packed)).toBe(unpacked);
});
