/** What an audit found, for terminals and for pages. */
import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Pen } from './pen.ts';
import { wrapText } from './terminal-text.ts';

/** A finding. Audits of others may tell no more than the numbers. */
export interface Finding {
  readonly id: string;
  readonly rows: number;
  /** One sentence with the numbers in it. */
  readonly title: string;
  readonly example?: string;
  readonly why?: string;
  readonly fix?: string;
  /** Whether zones that are right never have it. */
  readonly breaks?: boolean;
}

/** The style of {@link renderAudit}. */
export const AUDIT_STYLE = `
.found>li{padding:1rem 0;border-top:1px solid var(--rule)}
.found>li:last-child{border-bottom:1px solid var(--rule)}
.found p{display:flex;justify-content:space-between;align-items:baseline;gap:1rem}
.found p code{color:var(--quiet);white-space:nowrap}
.found .breaks strong{color:var(--wrong)}
.found dl{display:grid;grid-template-columns:5.5rem 1fr;gap:.15rem 1rem;margin:.5rem 0 0;max-width:52rem;font-size:.92rem}
.found dt{color:var(--quiet)}
.found dd{margin:0}
@media (max-width:46rem){
.found p,.found p code{display:block}
.found dl{grid-template-columns:1fr}
.found dd{margin-bottom:.4rem}
}
@media print{.found>li{break-inside:avoid}}
`;

/** The lines for a terminal: each finding with an example, what it means and what to do. */
export function formatAudit(findings: readonly Finding[], pen: Pen): string[] {
  if (findings.length === 0) return [pen.paint('good', 'The audit found nothing.')];
  return [
    `The audit found ${findings.length === 1 ? '1 thing' : `${findings.length} things`}:`,
    ...findings.flatMap((finding) => formatFinding(finding, pen)),
  ];
}

function formatFinding(finding: Finding, pen: Pen): string[] {
  const wrapped = (text: string, indent: string): string[] =>
    wrapText(pen.plain(text), pen.width - 4).map((line, index) =>
      index === 0 ? `${indent}${line}` : `    ${line}`,
    );
  const isBreaking = finding.breaks === true;
  return [
    '',
    ...wrapped(finding.title, isBreaking ? '  ! ' : '  - ').map((line) =>
      isBreaking ? pen.paint('bad', line) : line,
    ),
    ...linesOf(finding).flatMap(([heading, text]) =>
      wrapped(`${heading}: ${text}`, '    ').map((line) => pen.paint('quiet', line)),
    ),
  ];
}

/** The list for a page; the page needs {@link AUDIT_STYLE}. */
export function renderAudit(findings: readonly Finding[]): Html {
  if (findings.length === 0) return html`<p class="empty">The audit reported nothing.</p>`;
  return html`<ul class="found">
    ${findings.map(renderFinding)}
  </ul>`;
}

function renderFinding(finding: Finding): Html {
  const lines = linesOf(finding);
  return html`<li ${finding.breaks === true ? html` class="breaks"` : undefined}>
    <p><strong>${finding.title}</strong> <code>${finding.id}</code></p>
    ${
      lines.length === 0
        ? undefined
        : html`<dl>
            ${lines.map(
              ([heading, text]) =>
                html`<dt>${heading}</dt>
                  <dd>${text}</dd>`,
            )}
          </dl>`
    }
  </li>`;
}

function linesOf({ example, why, fix }: Finding): (readonly [string, string])[] {
  const lines = [
    ['Example', example],
    ['Why', why],
    ['To do', fix],
  ] as const;
  return lines.flatMap(([heading, text]) => (text === undefined ? [] : [[heading, text] as const]));
}
