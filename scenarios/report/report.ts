/** The HTML report of a run: one file without scripts and without anything to load, to be mailed as it is. */
import { html, renderPage, renderTable } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import type { RunDocument, ScenarioResult } from '../run/result.ts';
import { renderCoverage } from './coverage-section.ts';
import { renderGlossary } from './glossary.ts';
import { formatFinding } from './quantities.ts';
import { renderFindings, renderScenario, scenarioAnchor } from './scenario-section.ts';
import { STYLE } from './style.ts';
import { describeSweep, showResults } from './sweep-words.ts';
import { renderVerdict } from './verdict-badge.ts';
import {
  describeOrigin,
  describeReadings,
  describeVerdict,
  failedOracles,
} from './verdict-words.ts';
import { renderYield } from './yield-chart.ts';

/** Renders a run. The same document gives the same bytes. */
export function renderReport(document: RunDocument): string {
  const verdict = describeVerdict(document);
  // A sweep over a thousand seeds would be a page that no browser opens.
  const { rows, leftOut } = showResults(document);
  const told = [...leftOut, ...describeSweep(document)];
  return renderPage({
    title: verdict,
    style: STYLE,
    body: html`${renderHeader(document, verdict)}
      <main>
        ${renderLikeness(document.behavesLike)} ${renderFailures(rows)} ${renderSummary(rows, told)}
        ${renderYield(rows)} ${renderScenarios(rows)} ${renderCoverage(document.coverage)}
      </main>
      ${renderGlossary()}`,
  });
}

function renderHeader(document: RunDocument, verdict: string): Html {
  const { scenarios } = document;
  const kind = scenarios.length === 0 ? 'empty' : document.verdict;
  return html`<header class="${kind}">
    <p class="product">STEDI Testbed run report</p>
    <h1>${verdict}</h1>
    ${scenarios.length === 0 ? undefined : html`<p class="lead">${describeReadings(scenarios)}</p>`}
  </header>`;
}

/** Which mutants the pipeline under test behaves like: what to look for first. */
function renderLikeness(mutants: RunDocument['behavesLike'] = []): Html | undefined {
  if (mutants.length === 0) return undefined;
  return html`<section aria-labelledby="likeness">
    <h2 id="likeness">What the pipeline behaves like</h2>
    <ul class="likeness">
      ${mutants.map(
        ({ mutant, title, likeness }) =>
          html`<li>
            <strong>${Math.round(100 * likeness)}%</strong> like <code>${mutant}</code>: ${title}
          </li>`,
      )}
    </ul>
  </section>`;
}

function renderFailures(scenarios: readonly ScenarioResult[]): Html | undefined {
  const items = scenarios.map((scenario, index) => {
    if (scenario.verdict === 'pass') return undefined;
    return html`<li>
      <h3><a href="#${scenarioAnchor(index)}">${scenario.name}</a></h3>
      <p class="origin">${describeOrigin(scenario)}</p>
      ${renderFindings(scenario)}
    </li>`;
  });
  if (items.every((item) => item === undefined)) return undefined;
  return html`<section class="failures" aria-labelledby="failures">
    <h2 id="failures">What went wrong</h2>
    <ul>
      ${items}
    </ul>
  </section>`;
}

function renderSummary(
  scenarios: readonly ScenarioResult[],
  told: readonly string[],
): Html | undefined {
  if (scenarios.length === 0) return undefined;
  return html`<section aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    ${renderTable({
      caption: 'All scenarios of the run with their verdicts',
      columns: [
        { heading: 'Scenario' },
        { heading: 'Pipeline' },
        { heading: 'Mode' },
        { heading: 'Seed', numeric: true },
        { heading: 'Verdict' },
        { heading: 'What went wrong' },
      ],
      rows: scenarios.map((scenario, index) => ({
        failed: scenario.verdict === 'fail',
        cells: [
          html`<a href="#${scenarioAnchor(index)}">${scenario.name}</a>`,
          scenario.pipeline,
          scenario.mode,
          String(scenario.seed),
          renderVerdict(scenario.verdict),
          summarizeFailures(scenario),
        ],
      })),
    })}
    ${told.map((line) => html`<p class="told">${line}</p>`)}
  </section>`;
}

function summarizeFailures(scenario: ScenarioResult): Html {
  const failed = failedOracles(scenario);
  if (failed.length === 0) return html`<span class="quiet">nothing</span>`;
  return html`<ul class="short">
    ${failed.map((oracle) => html`<li><code>${oracle.id}</code> ${formatFinding(oracle)}</li>`)}
  </ul>`;
}

/** What failed is open, what passed is folded, so that a long suite stays short. A single scenario is always open. */
function renderScenarios(scenarios: readonly ScenarioResult[]): Html | undefined {
  if (scenarios.length === 0) return undefined;
  return html`<section aria-labelledby="scenarios">
    <h2 id="scenarios">Scenario by scenario</h2>
    ${scenarios.map((scenario, index) =>
      renderScenario(scenario, {
        index,
        open: scenario.verdict === 'fail' || scenarios.length === 1,
      }),
    )}
  </section>`;
}
