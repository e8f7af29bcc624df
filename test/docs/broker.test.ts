/** The page about the broker for phones says what is so: what it tells people to send lands. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readPhonePayload } from '../../bridge/core/phone-payload-lines.ts';
import { MAX_PAYLOAD_LENGTH } from '../../firmware-protocol/index.ts';

const PAGE = fileURLToPath(new URL('../../docs/broker.md', import.meta.url));
const page = await readFile(PAGE, 'utf8');
const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json);

/** The lines that a payload lands as. */
function landed(payload: string): string[] {
  const read = readPhonePayload(Buffer.from(payload));
  if (read.kind === 'refused') throw new RangeError(`${read.reason}: ${payload}`);
  return Buffer.from(read.lines).toString().trimEnd().split('\n');
}

test('both forms land as they are pasted, and a sample as the page says', () => {
  const [record = '', batch = '', ...more] = examples.map((example) => landed(example));
  expect(more).toEqual([]);
  expect(record).toHaveLength(1);
  expect(batch).toHaveLength(2);
  expect(batch[0]).toBe(record[0]);
  expect(page).toContain(`lands as one record, \`${record[0]}\``);
});

test('so does the message of the example on the command line', () => {
  const [, message = ''] = /-m '([^']*)'/.exec(page) ?? [];
  expect(landed(message)).toHaveLength(1);
});

test('seconds land as a time in January 1970', () => {
  const [record = ''] = examples;
  const [line = ''] = landed(record.replace('1655564444103', '1655564444'));
  const { timeStamp } = JSON.parse(line) as { readonly timeStamp: number };
  expect(new Date(timeStamp).toISOString()).toMatch(/^1970-01-/);
});

test('the bound of a payload is what the page says', () => {
  const [record = ''] = examples;
  expect(page).toContain(`64 KiB (${MAX_PAYLOAD_LENGTH.toLocaleString('en-US')} bytes)`);
  const longest = record.trimEnd().padEnd(MAX_PAYLOAD_LENGTH);
  expect(landed(longest)).toHaveLength(1);
  expect(readPhonePayload(Buffer.from(`${longest} `))).toMatchObject({ reason: 'too-long' });
});
