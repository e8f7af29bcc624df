/** Plain files are read by the engine, others record by record: both readers must agree on what a record is. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateLandingRecord } from '../../../pipeline/core/landing-record.ts';
import { folderSource } from '../../../pipeline/landing/folder-source.ts';
import { detectFormat, readHead } from '../../../pipeline/landing/object-bytes.ts';
import { PlainRows } from '../../../pipeline/landing/plain-rows.ts';
import { prepareObject } from '../../../pipeline/landing/prepare-object.ts';
import { Quarantine } from '../../../pipeline/landing/quarantine.ts';
import { scanObject } from '../../../pipeline/landing/scan-object.ts';
import { withTempFolder, writeFiles } from '../temp-folder.ts';
import { loadFolder } from './loaded.ts';

const TABLE = 'accelerometer_landing';

describe('both readers', () => {
  const value = fc.oneof(
    {
      weight: 24,
      arbitrary: fc.constantFrom('1.0', '-1', '0', '0.1', '-0.25', '12345.678901234567'),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'NaN',
        'Infinity',
        '1e400',
        '-0',
        '-0.0',
        '"1.0"',
        'true',
        'null',
        '01',
        '1.',
        '1e-3',
        '0.1000000000000000055',
        '[]',
      ),
    },
  );
  const time = fc.oneof(
    { weight: 24, arbitrary: fc.integer({ min: 1, max: 99_999_999_999_999 }).map(String) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '1655564376361.0',
        '1655564376361.5',
        '"5"',
        '-5',
        '9007199254740993',
        '253402300800000',
        'null',
      ),
    },
  );
  const user = fc.oneof(
    { weight: 24, arbitrary: fc.constantFrom('"a@x"', '"Zoë@x"', '"😀"') },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '""',
        '5',
        'true',
        '{"a":1}',
        String.raw`"\u0041"`,
        String.raw`"\u0000"`,
        String.raw`"\ud800"`,
        '"tab\there"',
        'null',
      ),
    },
  );
  const line = fc
    .record({
      user,
      time,
      x: value,
      y: value,
      key: fc.constantFrom(
        'timestamp',
        'timestamp',
        'timestamp',
        'timestamp',
        'timestamp',
        'timeStamp',
        'TIMESTAMP',
      ),
    })
    .map(
      ({ user, time, x, y, key }) => `{"user":${user},"${key}":${time},"x":${x},"y":${y},"z":0}`,
    );
  const damaged = fc.oneof(
    { weight: 30, arbitrary: line },
    { weight: 1, arbitrary: line.map((text) => text.replace('}', ',}')) },
    { weight: 1, arbitrary: line.map((text) => text.replace('"x"', '"y"')) },
    { weight: 1, arbitrary: line.map((text) => text.slice(0, -9)) },
    { weight: 1, arbitrary: line.map((text) => `${text}${text}`) },
    { weight: 1, arbitrary: line.map((text) => `\uFEFF${text} x`) },
    { weight: 1, arbitrary: fc.constantFrom('', ' ', 'null', '[]', '// no', '{}') },
  );
  const file = fc
    .record({
      lines: fc.array(damaged, { minLength: 1, maxLength: 4 }),
      end: fc.constantFrom('\n', '\r\n'),
      zip: fc.boolean(),
    })
    .map(({ lines, end, zip }) => (last: string) => {
      const text = [...lines, last].join(end);
      return zip ? gzipSync(text) : Buffer.from(text + end);
    });
  // Objects with the same bytes count once, so each file ends in a line of its own.
  const lastLine = (index: number): string =>
    `{"user":"${index}","timestamp":5,"x":0.0,"y":0,"z":0}`;

  it('land the same rows of dirty files', async () => {
    let plain = 0;
    let mixed = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 40, maxLength: 40 }), async (files) => {
        await withTempFolder(async (folder) => {
          const named = files.map((toBytes, index) => [
            `${TABLE}/${index}.json`,
            toBytes(lastLine(index)),
          ]);
          await writeFiles(folder, Object.fromEntries(named) as Record<string, Uint8Array>);
          const source = folderSource(folder);
          const scanned = join(folder, 'scanned');
          await mkdir(join(scanned, TABLE), { recursive: true });
          const byRecord = new Quarantine(join(folder, 'unused'), TABLE);
          const unused = join(folder, 'unused-rows');
          await mkdir(unused);
          const rows = new PlainRows({ table: TABLE, scratch: unused, numberColumn: undefined });
          for (const [index, listed] of (await source.list()).entries()) {
            const object = await source.fetch(listed);
            const head = readHead(object, Buffer.alloc(object.bytes));
            const preparation = { object, head, number: index, rows, signal: undefined };
            const prepared = await prepareObject(preparation);
            if (prepared.kind === 'plain') plain++;
            else mixed++;
            const format = detectFormat(object.name, head);
            await scanObject(object, {
              compression: format === 'gzip' ? 'gzip' : 'none',
              cleanPath: join(scanned, TABLE, `${index}.json`),
              quarantine: byRecord,
              signal: undefined,
            });
          }
          rows.close();
          await byRecord.close();
          const either = await loadFolder(folder, TABLE);
          const byScanner = await loadFolder(scanned, TABLE);
          expect(either.rows).toEqual(byScanner.rows);
          expect(either.quarantine.count).toBe(byRecord.count);
          expect(byScanner.quarantine.count).toBe(0);
        });
      }),
      { numRuns: 4 },
    );
    // The property says nothing unless files of both kinds came up.
    expect(plain).toBeGreaterThan(30);
    expect(mixed).toBeGreaterThan(30);
  });

  it('give the values that JSON says, of numbers with any number of digits, in any layout', async () => {
    const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
      fc.string({ unit: fc.nat({ max: 9 }).map(String), minLength, maxLength });
    const number = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.constantFrom('0', '9', '9007199254740', '123456789012345'),
        digits(0, 17),
      )
      .map(([sign, whole, fraction]) => `${sign}${whole}${fraction && '.'}${fraction}`);
    const plain = fc
      .record({ time: fc.integer({ min: 0, max: 99_999_999_999_999 }), x: number, y: number, user })
      .chain(({ time, x, y, user }) =>
        fc
          .shuffledSubarray(
            [`"timeStamp":${time}`, `"x":${x}`, `"y":${y}`, `"user":${user}`, '"z":-0'],
            { minLength: 5 },
          )
          .map((parts) => `{${parts.join(',')}}`),
      )
      .filter((text) => validateLandingRecord(TABLE, JSON.parse(text.replaceAll('\t', ' '))).ok);
    await fc.assert(
      fc.asyncProperty(fc.array(plain, { minLength: 200, maxLength: 400 }), async (lines) => {
        await withTempFolder(async (folder) => {
          const texts = lines.filter((text) => !text.includes('\t'));
          await writeFiles(folder, { [`${TABLE}/a.json`]: texts.join('\n') });
          const { rows } = await loadFolder(folder, TABLE);
          const expected = texts.map((text) => {
            const checked = validateLandingRecord(TABLE, JSON.parse(text));
            return checked.ok ? checked.record : undefined;
          });
          const key = (row: unknown): string =>
            JSON.stringify(
              Object.entries(row as object).toSorted(([a], [b]) => a.localeCompare(b)),
            );
          expect(rows.map(key).toSorted()).toEqual(expected.map(key).toSorted());
        });
      }),
      { numRuns: 5 },
    );
  });
});
