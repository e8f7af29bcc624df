/** What the rules of accessibility say of the page as it is in the browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Visit } from './visit.ts';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Breaches of WCAG A and AA and of good practice in both colours, each with its place; nothing is excepted. Of what is
 * asked, contrast alone depends on the colours.
 */
export async function breaches(visit: Visit, within = 'html'): Promise<string[]> {
  const { page } = visit;
  await page.evaluate(`window.axe === undefined && ${SOURCE}; undefined`);
  const light = await run(visit, within, TAGS);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await run(visit, within, ['color-contrast']);
  return [...light, ...dark.map((breach) => `dark: ${breach}`)];
}

async function run({ page }: Visit, within: string, runOnly: string[]): Promise<string[]> {
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const found = `axe.run(${JSON.stringify(within)}, ${options})`;
  const { violations } = await page.evaluate<AxeResults>(found);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}
