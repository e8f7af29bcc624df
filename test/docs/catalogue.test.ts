import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { CATALOGUE_PAGE, renderCatalogue } from '../../tools/catalogue-page/write-catalogue.ts';

test('what each scenario has alone is told as it is: else run npx tsx tools/catalogue-page/write-catalogue.ts', async () => {
  expect(await readFile(CATALOGUE_PAGE, 'utf8')).toBe(await renderCatalogue());
});
