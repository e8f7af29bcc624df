/** The kill sheet as text for a terminal. */
import type { BaseRow, BrokenRow, KillSheet, KillerRow, MutantRow } from './kill-sheet.ts';

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
  'not exercised': '–',
  untried: 'NOT TRIED',
  broken: 'BROKEN',
} as const;

/** Formats a kill sheet: the mutants, what only one scenario or oracle notices, and the verdict last. */
export function formatKillSheet(sheet: KillSheet, { width }: SheetStyle): string {
  const { mutants, scenarios, oracles, bases, broken, scope } = sheet;
  const isChosen = scope === 'chosen';
  return [
    ...mutants.flatMap((row) => formatMutant(row, { width, isChosen })),
    '',
    // Of one scenario this says nothing.
    ...(scenarios.length > 1 ? formatAlone('Noticed by one scenario alone', scenarios) : []),
    ...formatAlone('Noticed by one oracle alone', oracles),
    ...formatIdle(scenarios),
    ...broken.map((row) => `${row.scenario} COULD NOT BE RUN: ${row.why}`),
    ...bases.flatMap(formatBase),
    formatVerdict(sheet),
  ].join('\n');
}

interface RowStyle extends SheetStyle {
  readonly isChosen: boolean;
}

function formatMutant(row: MutantRow, { width, isChosen }: RowStyle): string[] {
  // Nobody chose scenarios for mutants that are tried nowhere among them: that is no finding.
  const isExcused = row.status === 'untried' && isChosen;
  const word = (isExcused ? '–' : STATUS_WORDS[row.status]).padEnd(10);
  const lines = [`${row.id}  ${word}  ${clip(row.title, width - 17)}`];
  return [...lines, ...explain(row).map((line) => `     ${clip(line, width - 5)}`)];
}

function explain({ status, differs, tried, kills, broken }: MutantRow): string[] {
  switch (status) {
    case 'killed':
      return [
        `in ${kills.length} of ${count(differs, 'scenario')} where it differs, by ${commonOracles(kills)}`,
      ];
    case 'survived':
      return [`what it makes differs in ${count(differs, 'scenario')}, and no oracle minds`];
    case 'equivalent':
      return [`it makes what its base makes in all of ${count(tried, 'scenario')}`];
    case 'not exercised':
      return ['not exercised by these scenarios'];
    case 'untried':
      return ['it was tried in no scenario: it makes many rows, and is left to small worlds'];
    case 'broken':
      return formatBroken(broken);
  }
}

function formatBroken(rows: readonly BrokenRow[]): string[] {
  const reasons = new Set(rows.map(({ why }) => why));
  return [...reasons].map((reason) => {
    const { scenario } = rows.find(({ why }) => why === reason) as BrokenRow;
    return `it cannot be run in ${scenario}: ${reason}`;
  });
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
  return idle.length === 0
    ? []
    : ['Scenarios that notice none of these:', `  ${idle.join(', ')}`, ''];
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

function formatVerdict({ verdict, mutants, scenarios, broken }: KillSheet): string {
  const having = (status: MutantRow['status']): number =>
    mutants.filter((row) => row.status === status).length;
  const idle = having('not exercised');
  const parts = [
    `${having('killed')} of ${count(mutants.length, 'mutant')} killed in ${count(scenarios.length, 'scenario')}`,
    ...(having('survived') > 0 ? [`${having('survived')} survived`] : []),
    ...(idle > 0 ? [`${idle} not exercised by ${scenarios.length === 1 ? 'it' : 'them'}`] : []),
    ...(broken.length > 0 ? [`${count(broken.length, 'scenario')} could not be run`] : []),
  ];
  return `${verdict.toUpperCase()}: ${parts.join(', ')}.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}
