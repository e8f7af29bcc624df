import { expect, test } from 'vitest';
import { findStaleFiles } from '../../tools/scenario-schema/write-schema.ts';

test('the JSON Schema and the types are what the schema makes of them: npm run docs:schema', async () => {
  expect(await findStaleFiles()).toEqual([]);
});
