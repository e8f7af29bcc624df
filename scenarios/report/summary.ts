/** The summary of a run on a terminal: a table, then what went wrong and how to replay it, then the verdict. */
import {
  columnsOfText,
  cutText,
  padText,
  toPen,
  withoutControls,
  wrapText,
} from '../../presentation/index.ts';
import type { Pen, TerminalStyle } from '../../presentation/index.ts';
import { formatCount } from '../oracles/oracle.ts';
import type { OracleResult } from '../oracles/judge.ts';
import type { RunDocument, ScenarioResult } from '../run/result.ts';
import { formatLimit, formatMeasured } from './quantities.ts';
import { breakCommand, quoteWord } from './shell-lines.ts';
import { describeSweep, showResults } from './sweep-words.ts';
import { describeVerdict, failedOracles } from './verdict-words.ts';

interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
  readonly cell: (result: ScenarioResult) => string;
}

const GAP = '  ';
/** A title in fewer columns than this says less than the columns that have to go for it. */
const MIN_TITLE_WIDTH = 16;

const VERDICT: Column = {
  heading: 'Verdict',
  align: 'left',
  cell: ({ verdict }) => (verdict === 'pass' ? 'passed' : 'failed'),
};
/** The columns between title and verdict. On a narrow terminal the ones at the end go first. */
const DETAILS: readonly Column[] = [
  { heading: 'Mode', align: 'left', cell: ({ mode }) => mode },
  { heading: 'Pipeline', align: 'left', cell: ({ pipeline }) => pipeline },
  { heading: 'Seed', align: 'right', cell: ({ seed }) => String(seed) },
  { heading: 'Readings', align: 'right', cell: ({ ledger }) => formatCount(ledger.emitted) },
];

/** What is known of runs where the summary is shown. */
export interface SummaryPlaces {
  /** The folder of a run, as a shell beside the reader takes it; without it, nothing is said of the folder. */
  readonly folderOf?: (result: ScenarioResult) => string;
}

/** Formats the summary, without a line end after its last line. No line is wider than the terminal. */
export function formatSummary(
  document: RunDocument,
  options: TerminalStyle & SummaryPlaces,
): string {
  const pen = toPen(options);
  const { rows, failures, leftOut } = showResults(document);
  const told = [...leftOut, ...describeSweep(document)];
  const verdict = wrapText(describeVerdict(document), pen.width);
  const style = document.verdict === 'pass' ? 'good' : 'bad';
  return [
    ...formatTable(rows, pen),
    ...failures.flatMap((result) => formatFailure(result, pen, options)),
    ...told.flatMap((line) => wrapText(pen.plain(line), pen.width)),
    ...(told.length > 0 ? [''] : []),
    ...verdict.map((line) => pen.paint(style, line)),
  ].join('\n');
}

function formatTable(results: readonly ScenarioResult[], pen: Pen): string[] {
  if (results.length === 0) return [];
  const columns = [...fittingDetails(results, pen), VERDICT];
  const widths = columns.map((column) => widthOf(column, results));
  const room = pen.width - widths.reduce((sum, width) => sum + GAP.length + width, 0);
  const titles = results.map(({ name }) => pen.plain(name));
  const titleWidth = Math.min(room, Math.max('Scenario'.length, ...titles.map(columnsOfText)));
  const row = (title: string, cells: readonly string[]): string =>
    [
      padText(cutText(title, titleWidth, pen.ellipsis), titleWidth, 'left'),
      ...columns.map(({ align }, index) => padText(cells[index] ?? '', widths[index] ?? 0, align)),
    ].join(GAP);
  const headings = columns.map(({ heading }) => heading);
  return [
    pen.paint('quiet', row('Scenario', headings).trimEnd()),
    ...results.map((result, index) => {
      const line = row(
        titles[index] ?? '',
        columns.map(({ cell }) => cell(result)),
      ).trimEnd();
      const verdict = VERDICT.cell(result);
      const style = result.verdict === 'pass' ? 'good' : 'bad';
      return line.slice(0, -verdict.length) + pen.paint(style, verdict);
    }),
    '',
  ];
}

/** As many of the columns as leave room for a title. */
function fittingDetails(results: readonly ScenarioResult[], { width }: Pen): readonly Column[] {
  let room = width - MIN_TITLE_WIDTH - GAP.length - widthOf(VERDICT, results);
  const fitting: Column[] = [];
  for (const column of DETAILS) {
    room -= GAP.length + widthOf(column, results);
    if (room < 0) break;
    fitting.push(column);
  }
  return fitting;
}

function widthOf({ heading, cell }: Column, results: readonly ScenarioResult[]): number {
  return Math.max(...[heading, ...results.map(cell)].map(columnsOfText));
}

function formatFailure(result: ScenarioResult, pen: Pen, places: SummaryPlaces): string[] {
  const { name, mode, pipeline, seed, repro } = result;
  const sentences = failedOracles(result).flatMap((oracle) =>
    wrapText(pen.plain(`${oracle.sentence} ${tellLimit(oracle)}`), pen.width - 4).map(
      (line, index) => (index === 0 ? `  - ${line}` : `    ${line}`),
    ),
  );
  const origin = `${mode}, ${pipeline}, seed ${seed}`;
  return [
    pen.paint('bad', cutText(`Failed: ${pen.plain(name)}`, pen.width, pen.ellipsis)),
    pen.paint('quiet', cutText(`  ${origin}`, pen.width, pen.ellipsis)),
    ...sentences,
    pen.paint('quiet', '  Replay it with:'),
    // From the first column on, so that a command of several lines can be copied as a whole.
    ...breakCommand(withoutControls(repro), pen.width),
    ...formatNextSteps(result, pen, places),
    '',
  ];
}

function tellLimit(oracle: OracleResult): string {
  const { id, limit, unit } = oracle;
  return `(${id}: ${formatMeasured(oracle)}, limit ${formatLimit(limit, unit)})`;
}

/** The commands that show what is behind a failure, and make it smaller. */
function formatNextSteps(result: ScenarioResult, pen: Pen, { folderOf }: SummaryPlaces): string[] {
  const failed = failedOracles(result);
  const beyond = failed.find(isShrinkable);
  const oracle = beyond ?? failed[0];
  const { file, seed, mode, pipeline, swarm } = result;
  if (folderOf === undefined || oracle === undefined) return [];
  const show = (what: string, command: string): string[] => [
    pen.paint('quiet', `  ${what} with:`),
    ...breakCommand(withoutControls(command), pen.width),
  ];
  const explain = `npx stedi explain ${quoteWord(folderOf(result))} --oracle ${oracle.id}`;
  const shrink = `npx stedi shrink ${quoteWord(file)} --seed ${seed} --oracle ${oracle.id} --pipeline ${pipeline}${swarm === true ? ' --swarm' : ''}`;
  return [
    ...show('See the rows', explain),
    // What takes real time cannot be tried again and again.
    ...(mode === 'sim' && beyond !== undefined ? show('Make it smaller', shrink) : []),
  ];
}

/** What had no chance, or did not happen, is no smaller in a smaller world. */
function isShrinkable({ id, margin, chances }: OracleResult): boolean {
  return margin < 0 && chances > 0 && !id.startsWith('sometimes.');
}
