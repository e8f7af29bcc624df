/** The loss waterfall: from every reading that a body made to the bin that it ended in. */
import { html, renderTable } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import { formatCount, formatPlural } from '../oracles/oracle.ts';
import type { LedgerSummary } from '../run/result.ts';
import { renderBarChart } from './bar-chart.ts';
import type { Bar } from './bar-chart.ts';
import { BIN_STORIES } from './bin-stories.ts';
import type { BinStory } from './bin-stories.ts';
import { formatShare } from './quantities.ts';

/**
 * The bars of the waterfall: everything made, what did not land, what landed, what of that is not both usable and right,
 * and what is left. Each bin is taken off the right end. Bins that hold nothing have no bar.
 */
export function layOutWaterfall(ledger: LedgerSummary): Bar[] {
  const { emitted, bins } = ledger;
  const label = (count: number): string => `${formatCount(count)} · ${formatShare(count, emitted)}`;
  const level = (name: string, kind: Bar['kind'], count: number): Bar => {
    return { label: name, value: label(count), kind, start: 0, length: count };
  };
  let remaining = emitted;
  const takeOff = ({ bin, label: name, kind }: BinStory): Bar => {
    remaining -= bins[bin];
    const value = `− ${label(bins[bin])}`;
    return { label: name, value, kind, start: remaining, length: bins[bin] };
  };
  const taken = BIN_STORIES.filter(({ bin }) => bin !== 'landed' && bins[bin] > 0);
  return [
    level('Made by people', 'total', emitted),
    ...taken.filter(({ kind }) => kind === 'missing').map(takeOff),
    level('Reached landing', 'total', remaining),
    ...taken.filter(({ kind }) => kind !== 'missing').map(takeOff),
    level('Landed right', 'right', bins.landed),
  ];
}

/** Draws the waterfall of one run, and the same numbers as a table. */
export function renderWaterfall(ledger: LedgerSummary, scenario: string): Html {
  const { emitted, bins } = ledger;
  if (emitted === 0)
    return html`<p class="empty">No reading was made, so there is nothing to follow.</p>`;
  const bars = layOutWaterfall(ledger);
  // A level leaves off at its right end, a bin at its left end: that much remains.
  const links = bars
    .slice(0, -1)
    .map(({ kind, start, length }) => (kind === 'total' ? length : start));
  const empty = BIN_STORIES.filter(({ bin }) => bins[bin] === 0).map(({ label }) =>
    label.toLowerCase(),
  );
  return html`<figure>
      ${renderBarChart({ bars, scale: emitted, description: describe(ledger), links })}
      <figcaption>
        ${renderImbalance(ledger)}
        <ul class="legend">
          <li class="right">ended as it should</li>
          <li class="missing">did not land</li>
          <li class="wrong">ended wrong</li>
        </ul>
        ${empty.length === 0 ? undefined : html`<p>Empty bins: ${empty.join(', ')}.</p>`}
      </figcaption>
    </figure>
    <details class="numbers">
      <summary>The waterfall as a table, and what its words mean</summary>
      ${renderBinTable(ledger, scenario)}
    </details>`;
}

function renderBinTable({ emitted, bins }: LedgerSummary, scenario: string): Html {
  return renderTable({
    caption: `Where the readings of “${scenario}” ended`,
    columns: [
      { heading: 'Bin' },
      { heading: 'Readings', numeric: true },
      { heading: 'Share', numeric: true },
      { heading: 'Meaning' },
    ],
    rows: [
      ...BIN_STORIES.map(({ bin, label, meaning }) => ({
        cells: [label, formatCount(bins[bin]), formatShare(bins[bin], emitted), meaning],
      })),
      {
        cells: [
          'Made',
          formatCount(emitted),
          '100%',
          'Every reading that a body made: the sum of the bins.',
        ],
      },
    ],
  });
}

/** The bins must sum to what was made. If they do not, the reader has to know before trusting the picture. */
function renderImbalance({ emitted, bins }: LedgerSummary): Html | undefined {
  const sum = BIN_STORIES.reduce((total, { bin }) => total + bins[bin], 0);
  if (sum === emitted) return undefined;
  return html`<p class="warning">
    The bins hold ${formatPlural(sum, 'reading')}, but ${formatCount(emitted)} were made: this
    ledger is not to be trusted.
  </p>`;
}

function describe(ledger: LedgerSummary): string {
  const { emitted, bins } = ledger;
  const parts = BIN_STORIES.filter(({ bin }) => bins[bin] > 0).map(
    ({ bin, label }) =>
      `${label.toLowerCase()} ${formatCount(bins[bin])} (${formatShare(bins[bin], emitted)})`,
  );
  return `Loss waterfall. Of ${formatPlural(emitted, 'reading')}: ${parts.join(', ')}.`;
}
