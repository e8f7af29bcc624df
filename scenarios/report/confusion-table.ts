/** Whose trainer readings the pipeline takes for whose. */
import { html, renderTable } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type { Confusion } from '../exhibits/exhibits.ts';
import { formatCount, formatPlural } from '../oracles/oracle.ts';
import { formatShare } from './quantities.ts';

/** Writes the totals, and the largest mistakes. Nothing, where nobody's trainer readings may be used. */
export function renderConfusion(
  { right, wrong, none, cells }: Confusion,
  scenario: string,
): Html | undefined {
  const total = right + wrong + none;
  if (total === 0) return undefined;
  return html`<section>
    <h4>Whose readings they are taken for</h4>
    <p>
      Of ${formatPlural(total, 'trainer reading')} that stand in
      <code>step_trainer_trusted</code> or should, ${formatCount(right)}
      (${formatShare(right, total)}) are taken for the person who made them and nobody else,
      ${formatCount(wrong)} (${formatShare(wrong, total)}) for somebody else, alone or as well, and
      ${formatCount(none)} (${formatShare(none, total)}) are given to nobody.
    </p>
    ${cells.length === 0 ? undefined : renderCells(cells, scenario)}
  </section>`;
}

function renderCells(cells: Confusion['cells'], scenario: string): Html {
  return html`<details class="numbers">
    <summary>The largest mistakes</summary>
    ${renderTable({
      caption: `The largest mistakes of attribution in “${scenario}”`,
      columns: [
        { heading: 'Made by' },
        { heading: 'Taken for' },
        { heading: 'Readings', numeric: true },
      ],
      rows: cells.map(({ person, believed, readings }) => ({
        cells: [
          `person ${person}`,
          believed === null ? 'nobody' : `person ${believed}`,
          formatCount(readings),
        ],
      })),
    })}
  </details>`;
}
