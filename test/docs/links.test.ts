import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../scenarios/index.ts';
import { anchorsOf, linkTargets, rowsOf } from './markdown.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

async function findPages(): Promise<string[]> {
  const below = await readdir(join(ROOT, 'docs'), { recursive: true });
  const pages = below.filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  return ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pages.sort()];
}

/** The links of a page that lead nowhere. */
async function brokenLinks(page: string): Promise<string[]> {
  const path = join(ROOT, page);
  const broken: string[] = [];
  for (const target of linkTargets(await readFile(path, 'utf8'))) {
    if (/^[a-z]+:/.test(target)) continue;
    const [file = '', anchor] = target.split('#');
    const place = file === '' ? path : resolve(dirname(path), file);
    const isThere = existsSync(place);
    const needsAnchor = isThere && anchor !== undefined && place.endsWith('.md');
    const hasAnchor =
      !needsAnchor || anchorsOf(await readFile(place, 'utf8')).includes(anchor as string);
    if (!isThere || !hasAnchor) broken.push(target);
  }
  return broken;
}

const pages = await findPages();
const catalogue = await loadCatalogue({ large: true });

describe('the documents', () => {
  test('are found', () => {
    expect(pages).toEqual(
      expect.arrayContaining(['README.md', join('docs', 'adr', 'README.md'), 'CONTRIBUTING.md']),
    );
  });

  test.each(pages)('%s has no relative link that leads nowhere', async (page) => {
    expect(await brokenLinks(page)).toEqual([]);
  });

  test('the index of decisions links every decision', async () => {
    const index = await readFile(join(ROOT, 'docs/adr/README.md'), 'utf8');
    const linked = linkTargets(index);
    const decisions = pages
      .map((page) => relative(join('docs', 'adr'), page))
      .filter((name) => /^\d{4}-/.test(name));
    expect(decisions.length).toBeGreaterThan(0);
    expect(decisions.filter((name) => !linked.includes(name))).toEqual([]);
  });

  test.each(catalogue)('docs/scenarios.md lists $file and its mode', async ({ file, scenario }) => {
    const page = await readFile(join(ROOT, 'docs/scenarios.md'), 'utf8');
    expect(rowsOf(page, file).map((cells) => cells[3])).toEqual([scenario.run.mode]);
  });
});
