/** The kill sheet as text for a terminal. */
import type { BaseRow, KillSheet, KillerRow, MutantRow } from './kill-sheet.ts';

/** How text is laid out. */
export interface SheetStyle {
  /** Columns of the terminal. */
  readonly width: number;
}

const ORACLES_MAX = 3;
const STATUS_WORDS = {
  killed: 'killed',
  survived: 'SURVIVED',
  equivalent: 'EQUIVALENT',
  untried: 'NOT TRIED',
} as const;

/** Formats a kill sheet: the mutants, what only one scenario or oracle notices, and the verdict last. */
export function formatKillSheet(sheet: KillSheet, { width }: SheetStyle): string {
  const { mutants, scenarios, oracles, bases } = sheet;
  return [
    ...mutants.flatMap((row) => formatMutant(row, width)),
    '',
    ...formatAlone('Noticed by one scenario alone', scenarios),
    ...formatAlone('Noticed by one oracle alone', oracles),
    ...formatIdle(scenarios),
    ...bases.flatMap(formatBase),
    formatVerdict(sheet),
  ].join('\n');
}

function formatMutant({ id, status, title, kills, differs }: MutantRow, width: number): string[] {
  const word = STATUS_WORDS[status].padEnd(10);
  const where =
    status === 'killed'
      ? `in ${kills.length} of ${count(differs, 'scenario')} where it differs, by ${commonOracles(kills)}`
      : explain(status, differs);
  return [`${id}  ${word}  ${clip(title, width - 17)}`, `     ${clip(where, width - 5)}`];
}

function explain(status: MutantRow['status'], differs: number): string {
  if (status === 'untried') return 'it makes too many rows for any of the chosen scenarios';
  if (status === 'equivalent') return 'its zones are those of its base in every scenario';
  return `its zones differ in ${count(differs, 'scenario')}, and no oracle minds`;
}

/** The oracles that notice it, those first that do so in most scenarios. */
function commonOracles(kills: MutantRow['kills']): string {
  const times = new Map<string, number>();
  for (const { oracles } of kills) {
    for (const { oracle } of oracles) times.set(oracle, (times.get(oracle) ?? 0) + 1);
  }
  const names = [...times].toSorted((a, b) => b[1] - a[1]).map(([name]) => name);
  const more = names.length - ORACLES_MAX;
  return names.slice(0, ORACLES_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function formatAlone(title: string, rows: readonly KillerRow[]): string[] {
  const lines = rows
    .filter(({ alone }) => alone.length > 0)
    .map(({ name, alone }) => `  ${name}: ${alone.join(' ')}`);
  return lines.length === 0 ? [] : [`${title}:`, ...lines, ''];
}

function formatIdle(scenarios: readonly KillerRow[]): string[] {
  const idle = scenarios.filter(({ kills }) => kills.length === 0).map(({ name }) => name);
  if (idle.length === 0) return [];
  return [
    'Scenarios that notice no mutant, because they are about what comes before the pipeline:',
    `  ${idle.join(', ')}`,
    '',
  ];
}

function formatBase({ pipeline, failures }: BaseRow): string[] {
  if (failures.length === 0) return [`${pipeline} passes every scenario.`];
  if (pipeline === 'strict') {
    return failures.map(
      ({ scenario, oracles }) =>
        `strict FAILS ${scenario}: ${oracles.map(({ oracle }) => oracle).join(', ')}`,
    );
  }
  return [
    `${pipeline} itself fails ${count(failures.length, 'scenario')}; its mutants are held to what it passes.`,
  ];
}

function formatVerdict({ verdict, mutants, scenarios }: KillSheet): string {
  const killed = mutants.filter(({ status }) => status === 'killed').length;
  return `${verdict.toUpperCase()}: ${killed} of ${count(mutants.length, 'mutant')} killed in ${count(scenarios.length, 'scenario')}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}
