import { describe, expect, it } from 'vitest';
import { NO_EXHIBITS } from '../../../scenarios/exhibits/exhibits.ts';
import { renderZoneCounts } from '../../../scenarios/report/zone-counts.ts';
import { findAll, findOne, parsePage, textOf } from '../../presentation/parsed-page.ts';
import { classicPublished, sampleOracle } from './sample-run.ts';

describe('renderZoneCounts', () => {
  const result = classicPublished();
  const { tables } = result;

  it('shows the eight tables under their zones with their numbers', () => {
    const page = parsePage(renderZoneCounts(result));
    expect(findAll(page, 'text').map(textOf)).toEqual([
      'Landing zone',
      'customer_landing',
      '956',
      'accelerometer_landing',
      '81,273',
      'step_trainer_landing',
      '28,680',
      'Trusted zone',
      'customer_trusted',
      '482',
      'accelerometer_trusted',
      '40,981',
      'step_trainer_trusted',
      '14,460',
      'Curated zone',
      'customer_curated',
      '482',
      'machine_learning_curated',
      '43,681',
    ]);
  });

  it('gives the largest table the whole width and the others their share of it', () => {
    const widths = findAll(parsePage(renderZoneCounts(result)), 'rect', 'fill').map(
      ({ attributes }) => Number.parseFloat(attributes['width'] ?? ''),
    );
    expect(Math.max(...widths)).toBe(100);
    expect(widths[0]).toBeCloseTo((100 * 956) / 81_273, 3);
  });

  it('says all numbers in its text alternative', () => {
    const label = findOne(parsePage(renderZoneCounts(result)), 'svg').attributes['aria-label'];
    for (const [name, { rows }] of Object.entries(tables)) {
      expect(label).toContain(`${name} ${rows.toLocaleString('en-US')} rows`);
    }
  });

  it('shows tables that the catalog does not know, whatever they are called', () => {
    const page = parsePage(
      renderZoneCounts(
        classicPublished({ tables: { constructor: { rows: 1 }, '<b>_trusted': { rows: 0 } } }),
      ),
    );
    expect(textOf(page)).toBe('Outside the catalog constructor 1 <b>_trusted 0');
  });

  it('tells how many rows are due, and points at counts that an oracle complains about', () => {
    const promised = { accelerometer_trusted: 32_025, customer_trusted: 482 };
    const oracles = [sampleOracle({ id: 'counts.accelerometer_trusted', verdict: 'fail' })];
    const exhibits = { ...NO_EXHIBITS, promised };
    const page = parsePage(renderZoneCounts(classicPublished({ oracles, exhibits })));
    const values = findAll(page, 'text', 'bar-value').map(textOf);
    expect(values).toEqual(expect.arrayContaining(['40,981 of 32,025 due', '482 of 482 due']));
    expect(findAll(page, 'g', 'wrong').map(textOf)).toEqual([
      'accelerometer_trusted 40,981 of 32,025 due',
    ]);
    expect(findOne(page, 'svg').attributes['aria-label']).toContain(
      'accelerometer_trusted 40,981 rows of 32,025 due',
    );
  });

  it('says that there are none', () => {
    expect(textOf(parsePage(renderZoneCounts(classicPublished({ tables: {} }))))).toBe(
      'The pipeline made no tables.',
    );
  });
});
