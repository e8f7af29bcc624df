import { expect, it } from 'vitest';
import { diskBytesFor, estimateRows, zoneBytesFor } from '../../../pipeline/run/engine-room.ts';

it('takes compressed bytes for more rows than plain ones', () => {
  const rows = ['a.parquet', 'b.json.gz', 'c.ndjson'].map((name) =>
    estimateRows([{ name, bytes: 9_000_000 }]),
  );
  expect(rows).toEqual([3_000_000, 1_500_000, 100_000]);
});

it('needs no disk for what the memory holds, and more the more rows there are', () => {
  expect(diskBytesFor(1_000_000, 4e9)).toBe(0);
  expect(diskBytesFor(120e6, 4e9)).toBe(13_200_000_000);
  expect(diskBytesFor(1_000_000, 2e8)).toBe(110_000_000);
  expect(zoneBytesFor(120e6)).toBe(1_200_000_000);
});
