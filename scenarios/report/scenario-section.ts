/** One scenario of the report: what went wrong, what was checked, where the readings went, and how to replay it. */
import { FILTER_RULES } from '../../pipeline/index.ts';
import { html, renderAudit, renderBooks, renderTable } from '../../presentation/index.ts';
import type { Html, HtmlPart } from '../../presentation/index.ts';
import { formatCount } from '../oracles/oracle.ts';
import type { Mode } from '../planning/plan.ts';
import type { ScenarioResult } from '../run/result.ts';
import { renderConfusion } from './confusion-table.ts';
import { renderOffenders } from './offender-list.ts';
import { formatFinding, formatLimit, formatMargin, formatMeasured } from './quantities.ts';
import { renderSession } from './session-figure.ts';
import { renderVerdict } from './verdict-badge.ts';
import { describeOrigin, describeReadings, failedOracles } from './verdict-words.ts';
import { renderWaterfall } from './waterfall.ts';
import { renderZoneCounts } from './zone-counts.ts';

const MODE_STORIES: Readonly<Record<Mode, string>> = {
  sim: 'under a virtual clock, over links in memory that carry the real bytes',
  live: 'on real serial ports, a real MQTT broker and a real S3 endpoint',
};

/** The anchor of a scenario's section. `index` is its place in the document. */
export function scenarioAnchor(index: number): string {
  return `scenario-${index + 1}`;
}

/** Writes the section of a scenario. */
export function renderScenario(
  result: ScenarioResult,
  { index, open }: { readonly index: number; readonly open: boolean },
): Html {
  const { name, about, mode, verdict, ledger, repro, exhibits } = result;
  return html`<details
    class="scenario ${verdict}"
    id="${scenarioAnchor(index)}"
    ${open ? html` open=""` : undefined}
  >
    <summary>
      <h3>${name}</h3>
      ${renderVerdict(verdict)}
      <p class="origin">${describeOrigin(result)}</p>
    </summary>
    <div class="body">
      ${about === undefined ? undefined : html`<p class="story">${about}</p>`}
      <p class="story">Ran ${MODE_STORIES[mode]}. ${describeReadings([result])}</p>
      ${renderFindings(result)}
      <section>
        <h4>Checks</h4>
        ${renderOracles(result)}
      </section>
      ${renderOffenders(result)} ${renderSignals(result)}
      <div class="columns">
        <section>
          <h4>Where the readings went</h4>
          ${renderWaterfall(ledger, name)}
        </section>
        <section>
          <h4>Rows in the tables</h4>
          ${renderZoneCounts(result)}
        </section>
      </div>
      ${renderConfusion(exhibits.confusion, name)}
      <section class="audit">
        <h4>What the pipeline’s own audit found</h4>
        ${renderAudit(result.audit.filter(({ rows }) => rows > 0))}
      </section>
      ${renderAccounting(result)}
      <section>
        <h4>Replay</h4>
        <pre class="repro"><code>${repro}</code></pre>
      </section>
      <p class="back"><a href="#summary">Back to the summary</a></p>
    </div>
  </details> `;
}

/** The sentences of the oracles that failed, each behind its number. */
export function renderFindings(result: ScenarioResult): Html | undefined {
  const failed = failedOracles(result);
  if (failed.length === 0) return undefined;
  return html`<ul class="findings">
    ${failed.map(
      (oracle) =>
        html`<li><strong>${formatFinding(oracle)}</strong> <span>${oracle.sentence}</span></li>`,
    )}
  </ul>`;
}

function renderSignals({ exhibits: { session } }: ScenarioResult): Html | undefined {
  if (session === undefined) return undefined;
  return html`<section>
    <h4>The signals behind it</h4>
    ${renderSession(session)}
  </section>`;
}

function renderOracles({ name, oracles }: ScenarioResult): Html {
  if (oracles.length === 0)
    return html`<p class="empty">The scenario expects nothing, so nothing was checked.</p>`;
  return renderTable({
    caption: `Checks of “${name}”: what was measured, against its limit`,
    columns: [
      { heading: 'Check' },
      { heading: 'Measured', numeric: true },
      { heading: 'Limit', numeric: true },
      { heading: 'Margin', numeric: true },
      { heading: 'Chances', numeric: true },
      { heading: 'Verdict' },
    ],
    rows: oracles.map((oracle) => ({
      failed: oracle.verdict === 'fail',
      cells: [
        html`${oracle.title} <code>${oracle.id}</code>`,
        emphasize(formatMeasured(oracle), oracle.verdict === 'fail' && oracle.chances > 0),
        formatLimit(oracle.limit, oracle.unit),
        formatMargin(oracle),
        emphasize(formatCount(oracle.chances), oracle.chances === 0),
        renderVerdict(oracle.verdict),
      ],
    })),
  });
}

function emphasize(text: string, isStriking: boolean): HtmlPart {
  return isStriking ? html`<strong>${text}</strong>` : text;
}

function renderAccounting({ name, accounting }: ScenarioResult): Html | undefined {
  if (accounting === undefined) return undefined;
  return html`<section class="books">
    <h4>What became of every row</h4>
    ${renderBooks(accounting, FILTER_RULES, `The books of “${name}”: what became of the rows of each table`)}
  </section>`;
}
