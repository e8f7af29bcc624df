/** The table fault × oracle for a terminal. Oracles are columns with a number, and a legend names them. */
import { padText, toPen, wrapText } from '../../presentation/index.ts';
import type { Pen, TerminalStyle } from '../../presentation/index.ts';
import { formatCount } from '../oracles/oracle.ts';
import type { SuiteCoverage } from '../exhibits/suite-coverage.ts';

const GAP = 2;

interface Row {
  readonly name: string;
  readonly runs: string;
  readonly oracles: Readonly<Record<string, number>>;
}

/** Formats the table and what no run has shown, without a line end after its last line. */
export function formatCoverage(coverage: SuiteCoverage, style: TerminalStyle): string {
  const { faults, oracles, neverHappened, neverAsked } = coverage;
  const pen = toPen(style);
  const rows: Row[] = [
    { name: 'anything', runs: '', oracles },
    ...faults.map((row) => ({
      name: row.fault,
      runs: formatCount(row.runs),
      oracles: row.oracles,
    })),
  ];
  const columns = Object.keys(oracles).map((id, index) => ({ id, heading: String(index + 1) }));
  const legend = columns.map(({ id, heading }) => `${heading} ${id}`).join(', ');
  return [
    ...wrapText('Runs in which each thing happened and an oracle had a chance to fail:', pen.width),
    ...blocksOf(rows, columns, pen).flatMap((block) => ['', ...block]),
    '',
    ...wrapText(pen.plain(`Oracles: ${legend === '' ? 'none' : legend}.`), pen.width),
    ...tellNames('Never happened', neverHappened, pen),
    ...tellNames('Never asked, or never with a chance', neverAsked, pen),
  ].join('\n');
}

interface Column {
  readonly id: string;
  readonly heading: string;
}

/** The table in as many pieces as its columns need on this terminal. */
function blocksOf(rows: readonly Row[], columns: readonly Column[], pen: Pen): string[][] {
  const names = Math.max(...rows.map(({ name }) => name.length), 'What happened'.length);
  const runs = Math.max(...rows.map((row) => row.runs.length), 'runs'.length);
  const cells = columns.flatMap(({ id, heading }) => [
    heading.length,
    ...rows.map(({ oracles }) => String(oracles[id] ?? '').length),
  ]);
  const width = Math.max(1, ...cells) + GAP;
  const perBlock = Math.max(1, Math.floor((pen.width - names - runs - 2 * GAP) / width));
  const line = (name: string, count: string, values: readonly string[]): string => {
    const head = `${padText(name, names + GAP, 'left')}${padText(count, runs, 'right')}`;
    return head + values.map((value) => padText(value, width, 'right')).join('');
  };
  const blocks: string[][] = [];
  for (let from = 0; from < columns.length; from += perBlock) {
    const part = columns.slice(from, from + perBlock);
    const headings = part.map(({ heading }) => heading);
    blocks.push([
      pen.paint('quiet', line('What happened', 'runs', headings)),
      ...rows.map(({ name, runs: count, oracles }) =>
        line(
          name,
          count,
          part.map(({ id }) => tellCell(oracles[id])),
        ),
      ),
    ]);
  }
  return blocks;
}

function tellCell(runs: number | undefined): string {
  return runs === undefined ? '.' : formatCount(runs);
}

function tellNames(label: string, names: readonly string[], pen: Pen): string[] {
  return names.length === 0 ? [] : wrapText(`${label}: ${names.join(', ')}.`, pen.width);
}
