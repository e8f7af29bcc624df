/** What `stedi pipeline run` tells about the zones that it made: as text for a terminal, and as a page to be mailed. */
import { FILTER_RULES } from '../../pipeline/index.ts';
import type { PipelineResult } from '../../pipeline/index.ts';
import {
  AUDIT_STYLE,
  formatAudit,
  formatBooks,
  html,
  Html,
  PAGE_STYLE,
  PRINT_STYLE,
  renderAudit,
  renderBooks,
  renderPage,
  renderTable,
  toPen,
  wrapText,
} from '../../presentation/index.ts';
import type { TerminalStyle } from '../../presentation/index.ts';

/** A result, and between which places it was made, as people write them. */
export interface ReportedRun {
  readonly result: Omit<PipelineResult, 'cost' | 'engine'>;
  readonly landing: string;
  readonly out: string;
  /** False when the audit refused the zones. */
  readonly isPublished: boolean;
}

const STYLE = new Html(`${PAGE_STYLE}${AUDIT_STYLE}
.books ul{list-style:none;margin:0;padding:0}
${PRINT_STYLE}`);
const ENTRIES_SHOWN = 20;
const LANDING_NOUNS = {
  customer_landing: 'rows of customers',
  accelerometer_landing: 'phone samples',
  step_trainer_landing: 'readings of trainers',
} as const;

/** The text for a terminal, without a line end after its last line. */
export function formatPipelineRun(run: ReportedRun, style: TerminalStyle): string {
  const { policy, accounting, audit, quarantine } = run.result;
  const pen = toPen(style);
  const heading = run.isPublished
    ? `Zones by the ${policy} policy in ${run.out}`
    : `The audit refuses the zones by the ${policy} policy: nothing was published in ${run.out}. They would have been:`;
  return [
    ...wrapText(pen.plain(heading), pen.width),
    '',
    ...formatBooks(accounting, FILTER_RULES, pen),
    '',
    ...wrapText(`Quarantine: ${describeQuarantine(quarantine)}.`, pen.width),
    ...wrapText(describeSessions(run), pen.width),
    '',
    ...formatAudit(audit, pen),
  ].join('\n');
}

/** The page: one file without scripts and without anything to load. The same result gives the same bytes. */
export function renderPipelineReport(run: ReportedRun): string {
  const { accounting, audit } = run.result;
  const verdict = describeVerdict(run);
  const isBroken = audit.some(({ breaks }) => breaks);
  return renderPage({
    title: verdict,
    style: STYLE,
    body: html`<header class="${isBroken ? 'fail' : 'pass'}">
        <p class="product">STEDI Testbed pipeline report</p>
        <h1>${verdict}</h1>
        <p class="lead">${describeRows(run)}</p>
        <p class="origin">From ${run.landing} to ${run.out}</p>
      </header>
      <main>
        <section aria-labelledby="audit">
          <h2 id="audit">What the audit found</h2>
          ${renderAudit(audit)}
        </section>
        <section class="books" aria-labelledby="books">
          <h2 id="books">What became of every row</h2>
          ${renderBooks(accounting, FILTER_RULES, 'The books: rows that went into each table, and what became of them')}
        </section>
        <section aria-labelledby="sessions">
          <h2 id="sessions">Sessions of trainers</h2>
          <p>${describeSessions(run)}</p>
        </section>
        ${renderQuarantine(run)}
      </main>`,
  });
}

function describeVerdict({ result: { policy, audit }, isPublished }: ReportedRun): string {
  const broken = audit.filter(({ breaks }) => breaks).length;
  const kinds = (number: number): string => (number === 1 ? '1 thing' : `${number} things`);
  const end = isPublished ? '' : ', and were not published';
  if (broken > 0)
    return `The ${policy} zones have ${kinds(broken)} that must not be in zones${end}`;
  if (audit.length === 0) return `The ${policy} zones are sound, and the audit found nothing`;
  return `The ${policy} zones are sound; the audit found ${kinds(audit.length)} in the data`;
}

function describeRows({ result: { accounting } }: ReportedRun): string {
  const landed = Object.entries(LANDING_NOUNS).map(
    ([table, noun]) => `${format(accounting[table as keyof typeof LANDING_NOUNS].out)} ${noun}`,
  );
  const learned = format(accounting.machine_learning_curated.out);
  return `${landed.slice(0, -1).join(', ')} and ${landed.at(-1)} landed; ${learned} rows for machine learning came out.`;
}

function describeSessions({ result: { attribution } }: ReportedRun): string {
  const { sessions, attributed, ambiguous, unattributed } = attribution;
  if (sessions === 0) return 'There are no sessions of trainers.';
  return `Sessions of trainers: ${format(sessions)}, of which ${format(attributed)} attributed, ${format(ambiguous)} ambiguous, ${format(unattributed)} unattributed.`;
}

function renderQuarantine({ result: { quarantine } }: ReportedRun): Html | undefined {
  if (quarantine.lines === 0) return undefined;
  const shown = quarantine.entries.slice(0, ENTRIES_SHOWN);
  return html`<section aria-labelledby="quarantine">
    <h2 id="quarantine">Quarantine</h2>
    <p>${describeQuarantine(quarantine)}; the first ${format(shown.length)}:</p>
    ${renderTable({
      caption: 'Lines that cannot be read',
      columns: [{ heading: 'Object' }, { heading: 'Line', numeric: true }, { heading: 'Reason' }],
      rows: shown.map(({ file, line, reason }) => ({
        cells: [file, line === 0 ? 'all' : format(line), reason],
      })),
    })}
  </section>`;
}

function describeQuarantine({
  lines: pieces,
  objects,
}: ReportedRun['result']['quarantine']): string {
  if (objects === 0) return lines(pieces);
  const whole = objects === 1 ? '1 whole object' : `${format(objects)} whole objects`;
  return pieces === objects ? whole : `${whole} and ${lines(pieces - objects)}`;
}

function lines(number: number): string {
  return number === 1 ? '1 line' : `${format(number)} lines`;
}

function format(number: number): string {
  return number.toLocaleString('en-US');
}
