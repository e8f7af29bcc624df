import { join } from 'node:path';
import { isUtf8 } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { PlainLines } from '../../../pipeline/core/plain-lines.ts';
import { Engine } from '../../../pipeline/engine/duckdb.ts';
import type { SqlRow } from '../../../pipeline/engine/duckdb.ts';
import { RowsFile } from '../../../pipeline/landing/rows-file.ts';
import { withTempFolder } from '../temp-folder.ts';

const lineOf = (serial: string): string =>
  `{"sensorReadingTime":5,"serialNumber":"${serial}","distanceFromObject":212}\n`;

/** Objects in their order: how often each has the line with its own name, and whether it ends well. */
type Objects = readonly (readonly [name: string, lines: number, end: 'keep' | 'drop'])[];

/** Writes a file of objects, and counts its rows by serial number and number of the object. */
async function countsOf(objects: Objects): Promise<SqlRow[]> {
  return withTempFolder(async (folder) => {
    const path = join(folder, "it's a [file].rows");
    const lines: PlainLines = new PlainLines('step_trainer_landing', {
      isUtf8,
      onFull: () => file.flush(),
    });
    const file = new RowsFile(path, lines.scan, 'object');
    for (const [number, [name, count, end]] of objects.entries()) {
      lines.begin();
      file.begin(number);
      for (let at = 0; at < count; at += 1_000) {
        lines.push(Buffer.from(lineOf(name).repeat(Math.min(1_000, count - at))));
      }
      if (end === 'keep') file.keep();
      else file.drop();
    }
    const rows = file.end();
    file.close();
    const engine = await Engine.open({ threads: 2 });
    try {
      const counts = await engine.query(`
        SELECT serialNumber AS name, object, COUNT(*) AS rows, SUM(distanceFromObject) / 212 AS same
        FROM read_parquet('${path.replaceAll("'", "''").replaceAll('[', '[[]')}')
        GROUP BY ALL ORDER BY ALL`);
      expect(counts.reduce((sum, each) => sum + Number(each['rows']), 0)).toBe(rows);
      return counts;
    } finally {
      engine.close();
    }
  });
}

const row = (name: string, object: number, rows: number): SqlRow => ({
  name,
  object,
  rows,
  same: rows,
});

describe('a file of rows', () => {
  it('has the rows of those objects that end well, with their numbers', async () => {
    const objects: Objects = [
      ['a', 2, 'keep'],
      ['b', 3, 'drop'],
      ['c', 1, 'keep'],
      ['d', 5, 'drop'],
      ['e', 9, 'keep'],
    ];
    expect(await countsOf(objects)).toEqual([row('a', 0, 2), row('c', 2, 1), row('e', 4, 9)]);
  });

  it('forgets an object also when its rows are written already, wherever they begin in a group', async () => {
    const objects: Objects = [
      ['before', 100_000, 'keep'],
      ['gone', 400_000, 'drop'],
      ['after', 7, 'keep'],
      ['long', 300_000, 'keep'],
      ['over', 130_000, 'drop'],
      ['end', 1, 'keep'],
    ];
    expect(await countsOf(objects)).toEqual([
      row('after', 2, 7),
      row('before', 0, 100_000),
      row('end', 5, 1),
      row('long', 3, 300_000),
    ]);
  });

  it('may be all forgotten', async () => {
    expect(await countsOf([['a', 200_000, 'drop']])).toEqual([]);
  });

  it('says where it cannot be written', () => {
    const { scan } = new PlainLines('step_trainer_landing', { isUtf8, onFull: () => undefined });
    expect(() => new RowsFile('/nowhere/at/all', scan, undefined)).toThrow(
      expect.objectContaining({ code: 'OUTPUT_UNWRITABLE' }),
    );
  });
});
