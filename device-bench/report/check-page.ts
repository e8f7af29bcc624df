/** The HTML report of a check: one file without scripts and without anything to load. */
import {
  Html,
  html,
  PAGE_STYLE,
  PRINT_STYLE,
  renderPage,
  renderTable,
  renderWordList,
} from '../../presentation/index.ts';
import { RULES } from '../../firmware-protocol/index.ts';
import type { KitReport, RuleVerdict } from '../core/kit-report.ts';
import type { CheckTarget } from './check-document.ts';
import { CHECK_STYLE } from './check-style.ts';
import { findFindings } from './finding.ts';
import { renderFinding, renderProse } from './finding-section.ts';
import {
  describeCheck,
  describeCounts,
  describeLevel,
  describeStalls,
  describeTarget,
  isClean,
} from './verdict-words.ts';

const STYLE = new Html(PAGE_STYLE + CHECK_STYLE + PRINT_STYLE);

/** Renders a check. The same report gives the same bytes. */
export function renderCheckPage(report: KitReport, target: CheckTarget): string {
  const verdict = describeCheck(report, target);
  return renderPage({
    title: verdict,
    style: STYLE,
    body: html`${renderHeader(report, target, verdict)}
      <main>${renderFindings(report)} ${renderRules(report)}</main>
      ${renderWordList(WORDS)}`,
  });
}

function renderHeader(report: KitReport, target: CheckTarget, verdict: string): Html {
  const { serial, model, firmware } = report.device;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Port', describeTarget(target)],
    ['Serial number', serial ?? 'not told'],
    ['Model', model],
    ['Firmware', firmware],
    ['Level', describeLevel(report, target)],
    ['Rules', describeCounts(report)],
    ['Stopped', report.stopped],
    ['Crashed', report.crashed],
    ['Left behind', report.keptStreaming],
    ['Twin', report.twinFailure],
    ['Doubt', describeStalls(report)],
  ];
  return html`<header class="${isClean(report, target) ? 'pass' : 'fail'}">
    <p class="product">STEDI Testbed device check</p>
    <h1>${verdict}</h1>
    <dl class="facts">
      ${facts.map(([name, value]) =>
        value === undefined
          ? undefined
          : html`<dt>${name}</dt>
              <dd>${value}</dd>`,
      )}
    </dl>
  </header>`;
}

function renderFindings(report: KitReport): Html | undefined {
  const findings = findFindings(report);
  if (findings.length === 0) return undefined;
  return html`<section aria-labelledby="broken">
    <h2 id="broken">What is broken</h2>
    ${findings.map(renderFinding)}
  </section>`;
}

function renderRules({ rules }: KitReport): Html {
  return html`<section aria-labelledby="rules">
    <h2 id="rules">All rules</h2>
    ${renderTable({
      caption: 'All rules of STL/1 with their verdicts',
      columns: [
        { heading: 'Rule' },
        { heading: 'Level' },
        { heading: 'What it demands' },
        { heading: 'Chances', numeric: true },
        { heading: 'Verdict' },
      ],
      rows: rules.map(({ id, title, verdict, chances, reason }) => ({
        failed: verdict === 'failed',
        cells: [
          verdict === 'failed'
            ? html`<a href="#${id}"><code>${id}</code></a>`
            : html`<code>${id}</code>`,
          RULES[id].level,
          html`<strong>${title}.</strong> ${renderProse(RULES[id].must)}`,
          String(chances),
          html`${renderVerdict(verdict)}${
            reason === undefined ? undefined : html` <span class="quiet">${reason}</span>`
          }`,
        ],
      })),
    })}
  </section>`;
}

const BADGES: Readonly<Record<RuleVerdict, Html>> = {
  passed: html`<span class="verdict pass"><span aria-hidden="true">✓</span> passed</span>`,
  failed: html`<span class="verdict fail"><span aria-hidden="true">✗</span> failed</span>`,
  'not-tested': html`<span class="verdict none"
    ><span aria-hidden="true">–</span> not tested</span
  >`,
};

function renderVerdict(verdict: RuleVerdict): Html {
  return BADGES[verdict];
}

const WORDS: readonly (readonly [string, string])[] = [
  [
    'Levels',
    'L0: raw records. L1: framed lines with CRC, seq and boot id. L2: a managed device, with identity, commands, errors and heartbeat. L3: its clock can be synchronised. Each includes the ones before it.',
  ],
  [
    'Chances',
    'How many lines, commands or pauses could have broken the rule. A rule without a chance is not tested.',
  ],
  [
    'Virtual twin',
    'A healthy virtual device that was given the same commands. The first line at which the device says something else often shows the cause.',
  ],
  [
    'Bytes',
    'CR is \\r, LF is \\n, a byte that cannot be printed is \\xNN. Times are relative to the marked line. transcript.txt, beside this page, has everything that passed.',
  ],
];
