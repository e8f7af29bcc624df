/** The overview of a run, and what an oracle complains about, as text for a terminal. */
import { padText, toPen, wrapText } from '../../presentation/index.ts';
import type { Pen, TerminalStyle } from '../../presentation/index.ts';
import { formatCount, formatPlural } from '../oracles/oracle.ts';
import { OFFENDERS_MAX } from '../oracles/offender.ts';
import { formatLimit, formatMargin, formatMeasured } from '../report/quantities.ts';
import type { OracleExplanation } from './explain-oracle.ts';
import { tellValues } from './life.ts';
import type { BinExample, FailedOracle, RunOverview } from './overview.ts';
import { toShellWord } from './shell-word.ts';

/** Formats an overview, without a line end after its last line. */
export function formatOverview(overview: RunOverview, style: TerminalStyle): string {
  const pen = toPen(style);
  const { run, name, seed, pipeline, verdict, failed, passed, bins, repro } = overview;
  const ink = verdict === 'pass' ? 'good' : 'bad';
  const word = verdict === 'pass' ? 'passed' : 'failed';
  return [
    ...indent(pen, name, 0),
    ...quiet(pen, `${run} · ${pipeline}, seed ${seed}`, 0),
    pen.paint(ink, `${word}: ${failed.length} of ${failed.length + passed.length} oracles failed`),
    ...failed.flatMap((oracle) => formatFailed(overview, oracle, pen)),
    '',
    'Where readings ended, each with an example',
    ...bins.map((bin) => formatBin(bin, bins)),
    '',
    ...quiet(pen, 'One reading:', 0),
    `  npx stedi explain ${pen.plain(toShellWord(run))} ${bins[0]?.example ?? 0}`,
    ...quiet(pen, 'The rows that an oracle complains about:', 0),
    `  npx stedi explain ${pen.plain(toShellWord(run))} --oracle ${failed[0]?.id ?? passed[0] ?? 'landing.lost'}`,
    ...quiet(pen, 'The run again:', 0),
    `  ${pen.plain(repro)}`,
  ].join('\n');
}

function formatFailed({ run }: RunOverview, oracle: FailedOracle, pen: Pen): string[] {
  const example =
    oracle.example === undefined
      ? []
      : [`  npx stedi explain ${pen.plain(toShellWord(run))} ${oracle.example}`];
  return ['', pen.paint('bad', oracle.id), ...indent(pen, oracle.sentence, 2), ...example];
}

function formatBin({ label, readings, example }: BinExample, bins: readonly BinExample[]): string {
  const labels = Math.max(...bins.map((bin) => bin.label.length));
  const counts = Math.max(...bins.map((bin) => formatCount(bin.readings).length));
  const count = padText(formatCount(readings), counts, 'right');
  return `  ${padText(label, labels, 'left')}  ${count}  such as ${example}`;
}

/** Formats what an oracle says, without a line end after its last line. */
export function formatOracle(explanation: OracleExplanation, style: TerminalStyle): string {
  const pen = toPen(style);
  const { run, oracle, title, sentence, verdict, offenders } = explanation;
  return [
    ...indent(pen, `${oracle}: ${title}`, 0),
    ...quiet(pen, `${run} · ${tellLimit(explanation)}`, 0),
    ...indent(pen, sentence, 0).map((line) =>
      verdict === undefined ? line : pen.paint(verdict === 'pass' ? 'good' : 'bad', line),
    ),
    ...tellCut(explanation, pen),
    ...tellOffenders(explanation, pen),
    ...(offenders.length === 0 ? ['', 'It names no row.'] : []),
  ].join('\n');
}

/** That there are more offenders than are told. */
function tellCut({ offenders, offendersTotal, unit }: OracleExplanation, pen: Pen): string[] {
  const told = offenders.reduce((sum, { times = 1 }) => sum + times, 0);
  if (offenders.length === 0) return [];
  const shown = formatCount(offenders.length);
  if (offendersTotal !== undefined) {
    if (offendersTotal <= told) return [];
    return ['', ...indent(pen, `${shown} of ${formatCount(offendersTotal)} ${unit}:`, 0)];
  }
  return offenders.length < OFFENDERS_MAX
    ? []
    : ['', ...indent(pen, `The first ${shown}; there may be more:`, 0)];
}

function tellOffenders({ run, offenders }: OracleExplanation, pen: Pen): string[] {
  return offenders.flatMap(({ table, row, truth, readings, times }, index) => [
    '',
    `${index + 1}. ${table}${times === undefined ? '' : ` (${formatPlural(times, 'time')})`}`,
    ...indent(pen, `Row: ${tellValues(row)}`, 3),
    ...indent(pen, `Truth: ${truth}`, 3),
    ...readings.map((id) =>
      pen.paint('quiet', `   npx stedi explain ${pen.plain(toShellWord(run))} ${id}`),
    ),
  ]);
}

function tellLimit(explanation: OracleExplanation): string {
  const { oracle, verdict, limit, measured, unit, chances, margin } = explanation;
  const had = formatPlural(chances, 'chance');
  if (verdict === undefined || limit === undefined || margin === undefined) {
    return `measured ${measured} ${unit}, ${had}; the scenario does not ask this oracle`;
  }
  const result = { ...explanation, id: oracle, verdict, limit, margin };
  const bound = `${formatLimit(limit, unit)} allowed, margin ${formatMargin(result)}`;
  return `${verdict}: measured ${formatMeasured(result)}, ${bound}, ${had}`;
}

function quiet(pen: Pen, text: string, columns: number): string[] {
  return indent(pen, text, columns).map((line) => pen.paint('quiet', line));
}

function indent(pen: Pen, text: string, columns: number): string[] {
  return wrapText(pen.plain(text), Math.max(20, pen.width - columns)).map(
    (line) => ' '.repeat(columns) + line,
  );
}
