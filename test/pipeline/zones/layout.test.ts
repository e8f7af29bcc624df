import { describe, expect, it } from 'vitest';
import { hashedKey, isOfThisLayout, isOwnKey, tableKey } from '../../../pipeline/zones/layout.ts';

const SHA = '0123456789abcdef'.repeat(4);

describe('the keys of an output', () => {
  it.each([
    [tableKey('customer_trusted'), 'customer_trusted/customer_trusted-0123456789ab.parquet'],
    ['a.b/c.ndjson.gz', 'a.b/c-0123456789ab.ndjson.gz'],
    ['a/b', 'a/b-0123456789ab'],
  ])('get the hash of the file: %s', (key, hashed) => {
    expect(hashedKey(key, SHA)).toBe(hashed);
  });

  it.each([
    'customer_trusted/customer_trusted-0123456789ab.parquet',
    'customer_trusted/customer_trusted.parquet',
    'customer_trusted/.0123456789abcdef01234567.part',
    'customer_trusted/',
    'quarantine/customer_landing/quarantine-0123456789ab.ndjson',
    'quarantine/customer_landing/quarantine.ndjson',
    '_landing/state-0123456789ab.json',
    '_landing/customer_landing/deep/1-0123456789ab.parquet',
    '_landing/probe-0123456789ab',
  ])('are those that a run writes: %s', (key) => {
    expect(isOwnKey(key)).toBe(true);
  });

  it.each([
    'customer_trusted/customer_curated-0123456789ab.parquet',
    'customer_trusted/customer_trusted-0123456789a.parquet',
    'customer_trusted/customer_trusted-0123456789ab.parquet.bak~',
    'customer_trusted/part-0.parquet',
    'quarantine/quarantine-0123456789ab.ndjson',
    'quarantine/other/quarantine.ndjson',
    '_landing/notes.txt',
    'elsewhere/customer_trusted.parquet',
  ])('are not those of others: %s', (key) => {
    expect(isOwnKey(key)).toBe(false);
  });

  it('of the layout without pointer are results, and no leftovers', () => {
    expect(isOfThisLayout('customer_trusted/customer_trusted.parquet')).toBe(false);
    expect(isOfThisLayout('customer_trusted/customer_trusted-0123456789ab.parquet')).toBe(true);
  });
});
