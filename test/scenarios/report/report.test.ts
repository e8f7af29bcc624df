import { describe, expect, it } from 'vitest';
import { NO_EXHIBITS } from '../../../scenarios/exhibits/exhibits.ts';
import { sumCoverage } from '../../../scenarios/exhibits/suite-coverage.ts';
import { renderReport } from '../../../scenarios/report/report.ts';
import type { RunDocument } from '../../../scenarios/run/result.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import { findAll, findOne, parsePage, tableCells, textOf } from '../../presentation/parsed-page.ts';
import type { PageElement } from '../../presentation/parsed-page.ts';
import {
  EMPTY_RUN,
  emptyScenario,
  GREEN_RUN,
  hostileScenario,
  LONG_RUN,
  RED_RUN,
  strictPublished,
} from './sample-run.ts';

const ODD_RUN = toRunDocument([hostileScenario(), emptyScenario(), strictPublished()]);
const RUNS: readonly (readonly [string, RunDocument])[] = [
  ['a green run', GREEN_RUN],
  ['a red run', RED_RUN],
  ['a long run', LONG_RUN],
  ['a run of nothing', EMPTY_RUN],
  ['a run of oddities', ODD_RUN],
];

function allElements(element: PageElement): PageElement[] {
  const below = element.children.flatMap((child) =>
    typeof child === 'string' ? [] : allElements(child),
  );
  return [element, ...below];
}

describe.each(RUNS)('the report of %s', (_what, run) => {
  const markup = renderReport(run);
  const page = parsePage(markup);
  const elements = allElements(page);

  it('is a page in English with its encoding, a title and one main heading', () => {
    expect(markup).toMatch(/^<!doctype html>\s*<html lang="en">\s*<head>\s*<meta charset="utf-8"/i);
    expect(findAll(page, 'h1')).toHaveLength(1);
    expect(textOf(findOne(page, 'title'))).toContain(textOf(findOne(page, 'h1')));
    for (const landmark of ['header', 'main', 'footer'])
      expect(findAll(page, landmark)).toHaveLength(1);
  });

  it('refers to nothing outside itself, and has no script', () => {
    expect(markup).not.toMatch(/https?:/i);
    const references = elements.flatMap(({ attributes }) =>
      ['href', 'src', 'srcset', 'action', 'data', 'poster'].flatMap(
        (name) => attributes[name] ?? [],
      ),
    );
    expect(references.filter((reference) => !/^(#|data:,$)/.test(reference))).toEqual([]);
    expect(findAll(page, 'script')).toEqual([]);
    expect(
      elements
        .flatMap(({ attributes }) => Object.keys(attributes))
        .filter((name) => /^on/i.test(name)),
    ).toEqual([]);
  });

  it('has ids that occur once, and links that lead somewhere', () => {
    const ids = elements.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(ids).toEqual([...new Set(ids)]);
    const targets = findAll(page, 'a').map(({ attributes }) => (attributes['href'] ?? '').slice(1));
    const labels = elements.flatMap(({ attributes }) => attributes['aria-labelledby'] ?? []);
    expect([...targets, ...labels].filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('has headings that skip no level', () => {
    const levels = elements
      .filter(({ name }) => /^h\d$/.test(name))
      .map(({ name }) => Number(name[1]));
    levels.forEach((level, index) =>
      expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1),
    );
  });

  it('has a text alternative for every picture and a caption for every table', () => {
    const pictures = findAll(page, 'svg', 'chart').map(
      ({ attributes }) => attributes['aria-label'] ?? '',
    );
    expect(pictures.filter((label) => label.length < 20)).toEqual([]);
    const tables = findAll(page, 'table');
    expect(tables.filter((table) => textOf(findOne(table, 'caption')) === '')).toEqual([]);
  });

  it('holds every sentence of every oracle that failed, in front and in its section', () => {
    const text = textOf(page);
    for (const { oracles } of run.scenarios) {
      for (const { sentence } of oracles.filter(({ verdict }) => verdict === 'fail')) {
        expect(text.split(sentence.replace(/\s+/g, ' ')).length).toBeGreaterThan(2);
      }
    }
  });

  it('is the same for the same document', () => {
    expect(renderReport(structuredClone(run))).toBe(markup);
  });
});

describe('the summary table', () => {
  it('has a row for each scenario with its verdict and what went wrong', () => {
    const table = findOne(parsePage(renderReport(LONG_RUN)), 'table');
    const rows = tableCells(table);
    expect(rows).toHaveLength(24);
    expect(rows[0]?.slice(1)).toEqual(['strict', 'sim', '0', '✓ passed', 'nothing']);
    expect(rows[3]?.slice(1, 5)).toEqual(['classic', 'sim', '3', '✗ failed']);
    expect(rows[3]?.[5]).toMatch(/consent\.date 8,956 rows.*ml\.pairing 2,700 rows/);
  });
});

describe('the sections of scenarios', () => {
  const openness = (run: RunDocument) =>
    findAll(parsePage(renderReport(run)), 'details', 'scenario').map(
      ({ attributes }) => 'open' in attributes,
    );

  it('are open when they failed and folded when they passed', () => {
    expect(openness(LONG_RUN)).toEqual(LONG_RUN.scenarios.map(({ verdict }) => verdict === 'fail'));
  });

  it('are open when there is only one', () => {
    expect(openness(toRunDocument([strictPublished()]))).toEqual([true]);
  });
});

it('links each failure in front to the section of its scenario', () => {
  const page = parsePage(renderReport(ODD_RUN));
  const links = findAll(findOne(page, 'section', 'failures'), 'a');
  const sections = links.map(({ attributes }) =>
    findAll(page, 'details', 'scenario').find(
      ({ attributes: { id } }) => `#${id}` === attributes['href'],
    ),
  );
  expect(sections.map((section) => textOf(findOne(section ?? page, 'h3')))).toEqual(
    links.map(textOf),
  );
  expect(links).toHaveLength(2);
});

it('does not show what went wrong when nothing did', () => {
  expect(findAll(parsePage(renderReport(GREEN_RUN)), 'section', 'failures')).toEqual([]);
});

it('shows hostile texts as the texts that they are', () => {
  const result = hostileScenario();
  const text = textOf(parsePage(renderReport(toRunDocument([result]))));
  for (const part of [result.name, result.file, result.repro]) expect(text).toContain(part);
});

it('does not say of a run of nothing that it passed', () => {
  const page = parsePage(renderReport(EMPTY_RUN));
  expect(textOf(findOne(page, 'h1'))).toBe('No scenario was run, so nothing was tested.');
  expect(findOne(page, 'header').attributes['class']).toBe('empty');
  expect(textOf(findOne(page, 'main'))).toBe('');
});

it('shows what the clocks of phones cost, over all scenarios', () => {
  const joinYieldBySkew = [{ skewMs: -2_000, yield: 0.5, pairs: 40, people: 1 }];
  const late = strictPublished({ exhibits: { ...NO_EXHIBITS, joinYieldBySkew } });
  const page = parsePage(renderReport(toRunDocument([late])));
  expect(findAll(page, 'h2').map(({ attributes }) => attributes['id'])).toContain('yield');
  expect(textOf(page)).toContain('50.0% of 40 pairs within 2.5 s');
});

it('tells which mutants the pipeline behaves like', () => {
  const behavesLike = [{ mutant: 'M07', title: 'Joins on the timestamp alone', likeness: 0.874 }];
  const page = parsePage(renderReport({ ...RED_RUN, behavesLike }));
  expect(textOf(findOne(page, 'ul', 'likeness'))).toBe(
    '87% like M07: Joins on the timestamp alone',
  );
});

it('shows of a sweep what the terminal shows, and not a thousand passing runs', () => {
  const results = Array.from({ length: 50 }, (_, index) => strictPublished({ seed: index + 1 }));
  const summary = {
    planned: 50,
    done: 50,
    passed: 50,
    failed: 0,
    stopped: false,
    failing: [],
    unexercised: [],
  };
  const timing = {
    seconds: 1,
    workers: 2,
    slowest: [{ file: 'published-shape', seed: 9, ms: 1_200 }],
  };
  const document = toRunDocument(results, [], { summary, timing, coverage: sumCoverage([]) });
  const page = parsePage(renderReport(document));
  expect(findAll(page, 'details', 'scenario')).toHaveLength(1);
  expect(findAll(page, 'p', 'told').map(textOf)).toEqual([
    '49 more runs passed.',
    'Slowest: published-shape seed 9 (1.2 s).',
  ]);
});
