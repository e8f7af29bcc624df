import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BINS } from '../../../scenarios/evidence/bins.ts';
import { BIN_STORIES } from '../../../scenarios/report/bin-stories.ts';
import { layOutWaterfall, renderWaterfall } from '../../../scenarios/report/waterfall.ts';
import { findAll, findOne, parsePage, tableCells, textOf } from '../../presentation/parsed-page.ts';
import { classicPublished, sampleLedger } from './sample-run.ts';

const { ledger } = classicPublished();
const anyLedger = fc
  .record(Object.fromEntries(BINS.map((bin) => [bin, fc.integer({ min: 0, max: 200_000 })])))
  .map(sampleLedger);

describe('layOutWaterfall', () => {
  it('takes every bin off the right end until what landed right is left', () => {
    fc.assert(
      fc.property(anyLedger, ({ emitted, bins }) => {
        const bars = layOutWaterfall({ emitted, bins });
        let remaining = emitted;
        for (const { kind, label, start, length } of bars) {
          const isLevel = kind === 'total' || label === 'Landed right';
          expect(isLevel ? length : start + length).toBe(remaining);
          if (!isLevel) remaining = start;
        }
        expect(remaining).toBe(bins.landed);
      }),
    );
  });

  it('says how many landed between the bins of the way and those of the zones', () => {
    const labels = layOutWaterfall(ledger).map(({ label, value }) => `${label}: ${value}`);
    expect(labels).toEqual([
      'Made by people: 109,953 · 100%',
      'Garbled: − 41 · 0.04%',
      'Lost: − 310 · 0.3%',
      'Reached landing: 109,602 · 99.7%',
      'Rightly filtered: − 54,512 · 49.6%',
      'Wrongly kept: − 12,119 · 11.0%',
      'Misattributed: − 3 · 0.003%',
      'Landed right: 42,968 · 39.1%',
    ]);
  });
});

describe('renderWaterfall', () => {
  it('draws bars that add up to everything made, read back from the picture', () => {
    const page = parsePage(renderWaterfall(ledger, 'A'));
    const bars = findAll(page, 'g', 'bar').map((bar) => ({
      label: textOf(findOne(bar, 'text', 'bar-label')),
      count: Number(
        /[\d,]+/.exec(textOf(findOne(bar, 'text', 'bar-value')))?.[0].replaceAll(',', ''),
      ),
      widthPercent: Number.parseFloat(findOne(bar, 'rect', 'fill').attributes['width'] ?? ''),
    }));
    const binBars = bars.filter(({ label }) => BIN_STORIES.some((story) => story.label === label));
    expect(binBars.reduce((sum, { count }) => sum + count, 0)).toBe(ledger.emitted);
    expect(binBars.reduce((sum, { widthPercent }) => sum + widthPercent, 0)).toBeCloseTo(100, 2);
  });

  it('labels each bin that holds something, and marks the wrong ones by more than colour', () => {
    fc.assert(
      fc.property(anyLedger, (any) => {
        fc.pre(any.emitted > 0);
        const page = parsePage(renderWaterfall(any, 'A'));
        const held = BIN_STORIES.filter(({ bin }) => any.bins[bin] > 0);
        const labels = findAll(page, 'text', 'bar-label').map(textOf);
        expect(labels).toEqual(expect.arrayContaining(held.map(({ label }) => label)));
        const alternative = findOne(page, 'svg').attributes['aria-label'] ?? '';
        for (const { bin, label } of held) {
          expect(alternative).toContain(
            `${label.toLowerCase()} ${any.bins[bin].toLocaleString('en-US')} (`,
          );
        }
        const wrong = held.filter(({ kind }) => kind === 'wrong').map(({ label }) => label);
        const marked = findAll(page, 'g', 'wrong').filter(
          (bar) => findAll(bar, 'svg', 'pointer').length === 1,
        );
        expect(marked.map((bar) => textOf(findOne(bar, 'text')))).toEqual(wrong);
      }),
      { numRuns: 30 },
    );
  });

  it('lists all bins in a table, empty ones too', () => {
    const rows = tableCells(parsePage(renderWaterfall(ledger, 'A')));
    expect(rows.map(([label]) => label)).toEqual([
      ...BIN_STORIES.map(({ label }) => label),
      'Made',
    ]);
    expect(rows.find(([label]) => label === 'Wrongly kept')?.slice(1, 3)).toEqual([
      '12,119',
      '11.0%',
    ]);
    expect(rows.find(([label]) => label === 'Duplicated')?.slice(1, 3)).toEqual(['0', '0%']);
  });

  it('warns of bins that do not sum to what was made', () => {
    const page = parsePage(renderWaterfall({ ...ledger, emitted: ledger.emitted + 1 }, 'A'));
    expect(textOf(findOne(page, 'p', 'warning'))).toContain(
      '109,953 readings, but 109,954 were made',
    );
    expect(findAll(parsePage(renderWaterfall(ledger, 'A')), 'p', 'warning')).toEqual([]);
  });

  it('draws nothing when nobody made a reading', () => {
    const page = parsePage(renderWaterfall(sampleLedger({}), 'A'));
    expect(findAll(page, 'svg')).toEqual([]);
    expect(textOf(page)).toContain('No reading was made');
  });
});
