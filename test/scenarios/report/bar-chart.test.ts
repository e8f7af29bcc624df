import { describe, expect, it } from 'vitest';
import { renderBarChart } from '../../../scenarios/report/bar-chart.ts';
import type { Bar } from '../../../scenarios/report/bar-chart.ts';
import { findAll, findOne, parsePage, textOf } from '../../presentation/parsed-page.ts';

const bar = (changes: Partial<Bar>): Bar => {
  return { label: 'A', value: '1', kind: 'rows', start: 0, length: 1, ...changes };
};

describe('renderBarChart', () => {
  it('places bars in per cent of the scale', () => {
    const bars = [bar({ start: 50, length: 25 }), bar({ start: 0, length: 200 })];
    const page = parsePage(renderBarChart({ bars, scale: 200, description: 'D' }));
    const ends = findAll(page, 'rect', 'fill').map(({ attributes: { x, width } }) => [x, width]);
    expect(ends).toEqual([
      ['25%', '12.5%'],
      ['0%', '100%'],
    ]);
  });

  it('keeps rows apart, with room for headings, inside its height', () => {
    const bars = [bar({ heading: 'Zone 1' }), bar({}), bar({ heading: 'Zone 2' })];
    const page = parsePage(renderBarChart({ bars, scale: 1, description: 'D' }));
    const tops = findAll(page, 'rect', 'fill').map(({ attributes }) => Number(attributes['y']));
    expect(tops).toEqual([...new Set(tops)].toSorted((a, b) => a - b));
    const lowest = (tops.at(-1) ?? 0) + Number(findOne(page, 'rect', 'fill').attributes['height']);
    expect(Number(findOne(page, 'svg').attributes['height'])).toBeGreaterThan(lowest);
    expect(findAll(page, 'text').map(textOf)).toEqual([
      'Zone 1',
      'A',
      '1',
      'A',
      '1',
      'Zone 2',
      'A',
      '1',
    ]);
  });

  it('says in words what it shows, to those who cannot see it', () => {
    const svg = findOne(
      parsePage(renderBarChart({ bars: [], scale: 1, description: 'a < b' })),
      'svg',
    );
    expect(svg.attributes).toMatchObject({ role: 'img', 'aria-label': 'a < b' });
  });

  it('never draws a negative width, which browsers refuse', () => {
    const page = parsePage(
      renderBarChart({ bars: [bar({ start: -5, length: -5 })], scale: 0, description: '' }),
    );
    expect(findOne(page, 'rect', 'fill').attributes).toMatchObject({ x: '0%', width: '0%' });
  });
});
