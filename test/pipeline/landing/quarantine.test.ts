import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Quarantine } from '../../../pipeline/landing/quarantine.ts';
import { withTempFolder } from '../temp-folder.ts';
import { load } from './loaded.ts';

const TABLE = 'accelerometer_landing';

describe('Quarantine', () => {
  it('keeps bytes that are no text as base64, and long ones in part', async () => {
    const { kept } = await load(TABLE, {
      'a.json': Buffer.concat([
        Buffer.from('{"user":"'),
        Buffer.from([0xff, 0x22, 0x7d, 0x0a]),
        Buffer.from('x'.repeat(9_000)),
      ]),
    });
    expect(kept[0]).toMatchObject({
      reason: 'not UTF-8',
      originalBase64: Buffer.from([...Buffer.from('{"user":"'), 0xff, 0x22, 0x7d]).toString(
        'base64',
      ),
    });
    expect(kept[1]).toMatchObject({ line: 2, original: 'x'.repeat(4_096), truncated: true });
  });

  it('counts everything, keeps everything in the file, and the first thousand in memory', async () => {
    const { quarantine, kept } = await load(TABLE, { 'a.json': 'x\n'.repeat(2_500) });
    expect(quarantine.count).toBe(2_500);
    expect(quarantine.entries).toHaveLength(1_000);
    expect(kept.map(({ line }) => line)).toEqual(
      Array.from({ length: 2_500 }, (_, index) => index + 1),
    );
  });

  it('makes no folder when nothing is set aside', async () => {
    await withTempFolder(async (folder) => {
      await new Quarantine(join(folder, 'quarantine'), TABLE).close();
      expect(existsSync(join(folder, 'quarantine'))).toBe(false);
    });
  });
});
