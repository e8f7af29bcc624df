/** Oracles of personal data: what the ML table tells about a person, and what our own words tell. */
import { TABLES } from '../../pipeline/index.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { isPersonal, maskRow, personalValues } from '../evidence/masked-row.ts';
import { firstOffenders, NOBODY_BEHIND, rowOffender } from './offender.ts';
import type { Oracle } from './oracle.ts';
import { formatCount, formatPlural, wordFor } from './oracle.ts';

/** Columns of the ML table that are personal, by their name or by the values in them. */
export const PRIVACY_PERSONAL_DATA: Oracle = {
  id: 'privacy.personalData',
  title: 'The ML table holds no personal data',
  unit: 'columns',
  measure: (evidence) => {
    const rows = evidence.zones.machine_learning_curated;
    const columns = personalColumns(evidence);
    return {
      measured: columns.length,
      chances: rows.length,
      offenders: firstOffenders(columns, ({ name, row }) =>
        rowOffender(evidence, {
          table: 'machine_learning_curated',
          row,
          why: `the column ${name} tells who somebody is`,
        }),
      ),
      sentence:
        columns.length === 0
          ? 'No column of machine_learning_curated holds personal data.'
          : `${formatPlural(rows.length, 'row')} of machine_learning_curated ${wordFor(rows.length, 'holds', 'hold')} personal data in ${columns.map(({ name }) => name).join(', ')}.`,
    };
  },
};

/** Names of objects, reasons and findings, all of them ours, that hold a value of somebody's identity. */
export const PRIVACY_QUARANTINE: Oracle = {
  id: 'privacy.quarantine',
  title: 'Object names, reasons of quarantine and findings tell nobody who somebody is',
  unit: 'texts',
  measure: (evidence) => {
    const { told, world } = evidence;
    const telling = personalValues(world);
    const leaks = told.filter(({ text }) => holdsOneOf(text.toLowerCase(), telling));
    return {
      measured: leaks.length,
      chances: told.length,
      offenders: firstOffenders(leaks, ({ place, text }) => ({
        table: place,
        row: maskRow(world, { text: withoutIdentities(text, telling) }),
        truth: 'This text is written by us, and holds who somebody is.',
        ...NOBODY_BEHIND,
      })),
      sentence: `${formatCount(leaks.length)} of ${formatCount(told.length)} object names, reasons and findings ${wordFor(leaks.length, 'holds', 'hold')} a name, an e-mail, a phone number or a birthday.`,
    };
  },
};

interface PersonalColumn {
  readonly name: string;
  /** The first row that shows it. */
  readonly row: Evidence['zones']['machine_learning_curated'][number];
}

function personalColumns({ world, zones }: Evidence): PersonalColumn[] {
  const personalNames = new Set(
    Object.values(TABLES)
      .flatMap(({ columns }) => columns)
      .filter((column) => column.personal)
      .map((column) => column.name.toLowerCase()),
  );
  const rows = zones.machine_learning_curated;
  return Object.keys(rows[0] ?? {}).flatMap((name) => {
    const row = personalNames.has(name.toLowerCase())
      ? rows[0]
      : rows.find((candidate) => isPersonal(world, String(candidate[name])));
    return row === undefined ? [] : [{ name, row }];
  });
}

function holdsOneOf(text: string, values: readonly string[]): boolean {
  return values.some((value) => text.includes(value));
}

function withoutIdentities(text: string, values: readonly string[]): string {
  const lower = text.toLowerCase();
  const found = values.filter((value) => lower.includes(value));
  return found.reduce((rest, value) => {
    const at = rest.toLowerCase().indexOf(value);
    return at < 0 ? rest : `${rest.slice(0, at)}…${rest.slice(at + value.length)}`;
  }, text);
}
