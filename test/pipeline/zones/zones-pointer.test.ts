import { describe, expect, it } from 'vitest';
import { ZONE_TABLES } from '../../../pipeline/core/catalog.ts';
import { hashedKey, tableKey } from '../../../pipeline/zones/layout.ts';
import { filesOf, readPointer, writePointer } from '../../../pipeline/zones/zones-pointer.ts';
import type { ZonesPointer } from '../../../pipeline/zones/zones-pointer.ts';

const sha256 = 'ab'.repeat(32);
const file = (name: string) => ({ file: hashedKey(name, sha256), bytes: 1, sha256 });
const POINTER: ZonesPointer = {
  version: 1,
  revision: 3,
  policy: 'strict',
  tables: Object.fromEntries(
    ZONE_TABLES.map((table) => [table, { ...file(tableKey(table)), rows: 7 }]),
  ) as unknown as ZonesPointer['tables'],
  quarantine: [file('quarantine/customer_landing/quarantine.ndjson')],
  landing: { state: file('_landing/state.json'), files: { a: file('_landing/a.parquet') } },
};

const withChange = (change: object): Buffer =>
  Buffer.from(JSON.stringify({ ...POINTER, ...change }));

describe('the pointer', () => {
  it('comes back as it was written, and names all files', () => {
    expect(readPointer(writePointer(POINTER))).toEqual(POINTER);
    expect(filesOf(POINTER)).toHaveLength(ZONE_TABLES.length + 3);
    const { landing: _none, ...rest } = POINTER;
    expect(readPointer(writePointer(rest))).toEqual(rest);
  });

  it.each([
    ['of a newer version', { version: 2 }],
    ['without a table', { tables: { ...POINTER.tables, customer_curated: undefined } }],
    ['of no policy', { policy: 'other' }],
    ['with a revision that is none', { revision: -1 }],
    ['without quarantine', { quarantine: null }],
    ['with a state that is no file', { landing: { state: {}, files: {} } }],
    ['that leads out of the output', { quarantine: [{ ...file('a'), file: '../../etc/passwd' }] }],
    [
      'that leads out of it in a name like ours',
      { quarantine: [{ ...file('a'), file: '_landing/../../x-0123456789ab.json' }] },
    ],
    ['that names files of others', { quarantine: [{ ...file('a'), file: 'notes.txt' }] }],
  ])('is not taken %s', (_, change) => {
    expect(readPointer(withChange(change))).toBeUndefined();
  });

  it.each(['', '{', 'null', '[]', '7', '{}'])('is not %j', (text) => {
    expect(readPointer(Buffer.from(text))).toBeUndefined();
  });
});
