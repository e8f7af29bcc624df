/** Rows that oracles complain about, each beside what really happened. */
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type { Offender } from '../oracles/offender.ts';
import { formatPlural } from '../oracles/oracle.ts';
import type { ScenarioResult } from '../run/result.ts';
import { failedOracles } from './verdict-words.ts';

/** Rows of each oracle on the page; `stedi explain` lists more. */
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
            ${offenders.slice(0, SHOWN).map(renderOffender)}
          </ul>`,
    )}
  </section>`;
}

function renderOffender({ table, row, truth, times }: Offender): Html {
  const values = Object.entries(row).map(([name, value]) => `${name} ${formatValue(value)}`);
  const often = times === undefined ? '' : ` · ${formatPlural(times, 'time')}`;
  return html`<li>
    <p><code>${table}</code> ${values.join(', ')}${often}</p>
    <p class="truth">${truth}</p>
  </li>`;
}

function formatValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
