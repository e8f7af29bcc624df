import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { customer, NOON, reading } from '../lake.ts';
import { toLines } from '../temp-folder.ts';
import { LINE, load } from './loaded.ts';

const TABLE = 'accelerometer_landing';

describe('an object that is read record by record', () => {
  it('reads objects without a separator, with commas, over several lines, and dates in all their forms', async () => {
    const { shareWithResearchAsOfDate: _, ...bare } = customer('b@x');
    const text = `\uFEFF${JSON.stringify(customer('a@x', { shareWithResearchAsOfDate: 0 }))}${JSON.stringify(bare)},\r\n${JSON.stringify(
      customer('c@x', { customerName: 'Zoë "Z" \u{1F600}' }),
      undefined,
      2,
    ).replaceAll(String(NOON - 3_600_000), `${NOON - 3_600_000}.0`)},`;
    const { rows, quarantine } = await load('customer_landing', { 'a.json': text });
    expect(quarantine.count).toBe(0);
    expect(rows).toEqual([
      customer('a@x', { shareWithResearchAsOfDate: 0 }),
      customer('b@x', { shareWithResearchAsOfDate: null }),
      customer('c@x', { customerName: 'Zoë "Z" \u{1F600}' }),
    ]);
  });

  it('sets aside what it cannot read, with file, line, offset, reason and the original, and lands the rest', async () => {
    const bad = LINE.replace('1.0', 'NaN');
    const { rows, quarantine, kept } = await load(TABLE, {
      'bad.json': `${LINE}\n${bad}\n${LINE.replace(',"z":-1', '')}\n{"user":"a@x","ti${LINE}\n`,
      'good.json': `${LINE}\n`,
    });
    expect(rows).toHaveLength(3);
    const file = `${TABLE}/bad.json`;
    const table = TABLE;
    const entries = [
      { file, line: 2, offset: 62, reason: 'broken JSON', table },
      { file, line: 3, offset: 124, reason: 'z is missing', table },
      { file, line: 4, offset: 179, reason: 'broken JSON', table },
    ];
    expect(quarantine.entries).toEqual(entries);
    const originals = [bad, LINE.replace(',"z":-1', ''), '{"user":"a@x","ti'];
    expect(kept).toEqual(entries.map((entry, index) => ({ ...entry, original: originals[index] })));
  });

  it('refuses text that is not UTF-8 although it is JSON', async () => {
    const text = Buffer.from(LINE.replace('a@x', 'aÿx'), 'latin1');
    const { rows, quarantine } = await load(TABLE, { 'a.json': text });
    expect(rows).toEqual([]);
    expect(quarantine.entries).toMatchObject([{ line: 1, offset: 0, reason: 'not UTF-8' }]);
  });

  it('lands what comes before the end of a compressed file that was cut off, and says so', async () => {
    const records = Array.from({ length: 2_000 }, (_, index) =>
      reading(`s${(index * 7919) % 1009}`, NOON + index),
    );
    const whole = gzipSync(toLines(records));
    const { rows, quarantine, kept } = await load('step_trainer_landing', {
      'a.json.gz': whole.subarray(0, whole.length * 0.6),
    });
    expect(rows.length).toBeGreaterThan(500);
    expect(rows.length).toBeLessThan(2_000);
    const reasons = quarantine.entries.map(({ reason }) => reason);
    expect(reasons.at(-1)).toBe('the compressed data ends too early');
    expect(quarantine.entries.at(-1)?.line).toBe(rows.length + 1);
    // The record that was cut and the end of the data are one piece, with the bytes that are left of it.
    expect(quarantine.count).toBe(1);
    expect(kept.at(-1)?.['original']).toMatch(/^\{"/);
  });

  it('says that compressed data ends too early also where it ends between two records', async () => {
    const packed = gzipSync(`${LINE}\n`);
    const { rows, kept } = await load(TABLE, { 'a.json.gz': packed.subarray(0, -4) });
    expect(rows).toHaveLength(1);
    expect(kept).toMatchObject([
      { line: 2, original: '', reason: 'the compressed data ends too early' },
    ]);
  });
});
