/** What the runs really exercised: which things happened where which oracles could have noticed. */
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type { SuiteCoverage } from '../exhibits/suite-coverage.ts';
import { formatCount } from '../oracles/oracle.ts';

/** Writes the table, and what no run has shown. Nothing for a run in which nothing happened. */
export function renderCoverage({
  faults,
  oracles,
  neverHappened,
  neverAsked,
}: SuiteCoverage): Html | undefined {
  const asked = Object.keys(oracles);
  if (asked.length === 0) return undefined;
  return html`<section aria-labelledby="coverage">
    <h2 id="coverage">What was really exercised</h2>
    <p class="story">
      Each number is how many runs had the thing happen and gave the oracle a chance to fail. A dot
      is a pair that no run has tried.
    </p>
    <div class="grid" role="region" aria-labelledby="coverage" tabindex="0">
      <table>
        <caption>
          <span class="unseen"
            >Runs in which each thing happened, by the oracles that had a chance to fail</span
          >
        </caption>
        <thead>
          <tr>
            <th scope="col">What happened</th>
            <th scope="col" class="numeric">Runs</th>
            ${asked.map((id) => html`<th scope="col" class="upright"><span>${id}</span></th>`)}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">anything</th>
            <td></td>
            ${asked.map((id) => renderCell(oracles[id]))}
          </tr>
          ${faults.map(
            (row) =>
              html`<tr>
                <th scope="row">${row.fault}</th>
                <td class="numeric">${formatCount(row.runs)}</td>
                ${asked.map((id) => renderCell(row.oracles[id]))}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${renderList('Never happened', neverHappened)} ${renderList('Never asked', neverAsked)}
  </section>`;
}

function renderCell(runs: number | undefined): Html {
  return runs === undefined || runs === 0
    ? html`<td class="numeric quiet">·</td>`
    : html`<td class="numeric">${formatCount(runs)}</td>`;
}

function renderList(label: string, names: readonly string[]): Html | undefined {
  if (names.length === 0) return undefined;
  return html`<p class="unexercised">${label}: ${names.join(', ')}.</p>`;
}
