/** Rows that oracles complain about, each beside what really happened. */
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type { Offender } from '../oracles/offender.ts';
import type { ScenarioResult } from '../run/result.ts';
import { failedOracles } from './verdict-words.ts';

/** Different rows of each oracle on the page; `stedi explain` lists more. */
const SHOWN = 2;

/** Writes the first rows of every failed oracle. */
export function renderOffenders(result: ScenarioResult): Html | undefined {
  const failed = failedOracles(result).filter(({ offenders }) => offenders.length > 0);
  if (failed.length === 0) return undefined;
  return html`<section>
    <h4>Rows, and what really happened</h4>
    ${failed.map(
      ({ id, offenders }) =>
        html`<h5><code>${id}</code></h5>
          <ul class="offenders">
            ${distinct(offenders).slice(0, SHOWN).map(renderOffender)}
          </ul>`,
    )}
  </section>`;
}

/** A join that repeats a row offends with the same row again and again. */
function distinct(offenders: readonly Offender[]): Offender[] {
  const byText = new Map(
    offenders.map((offender) => [JSON.stringify([offender.table, offender.row]), offender]),
  );
  return [...byText.values()];
}

function renderOffender({ table, row, truth }: Offender): Html {
  const values = Object.entries(row).map(([name, value]) => `${name} ${formatValue(value)}`);
  return html`<li>
    <p><code>${table}</code> ${values.join(', ')}</p>
    <p class="truth">${truth}</p>
  </li>`;
}

function formatValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
