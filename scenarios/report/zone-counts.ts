/** How many rows each of the tables holds, zone by zone, and how many are due. */
import { TABLES } from '../../pipeline/index.ts';
import type { Table } from '../../pipeline/index.ts';
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import { formatCount, formatPlural } from '../oracles/oracle.ts';
import type { ScenarioResult } from '../run/result.ts';
import { renderBarChart } from './bar-chart.ts';
import type { Bar } from './bar-chart.ts';

/** What is drawn of a result. */
type CountedTables = Pick<ScenarioResult, 'tables' | 'oracles' | 'exhibits'>;

const ZONES = [
  { zone: 'landing', heading: 'Landing zone' },
  { zone: 'trusted', heading: 'Trusted zone' },
  { zone: 'curated', heading: 'Curated zone' },
  { zone: undefined, heading: 'Outside the catalog' },
] as const;

/** Draws the row counts beside those that the policy promises. Within a zone, tables keep the order of the document. */
export function renderZoneCounts(result: CountedTables): Html {
  const bars = layOutZones(result);
  if (bars.length === 0) return html`<p class="empty">The pipeline made no tables.</p>`;
  const scale = Math.max(...bars.map(({ length }) => length));
  const counts = bars.map(({ label, value, length }) => {
    const due = / (of .*)$/.exec(value)?.[1];
    return `${label} ${formatPlural(length, 'row')}${due === undefined ? '' : ` ${due}`}`;
  });
  const description = `Rows in the tables. ${counts.join(', ')}.`;
  return html`<figure>${renderBarChart({ bars, scale, description })}</figure>`;
}

function layOutZones({ tables, oracles, exhibits: { promised } }: CountedTables): Bar[] {
  const failed = new Set(oracles.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id));
  return ZONES.flatMap(({ zone, heading }) =>
    Object.entries(tables)
      .filter(([name]) => zoneOf(name) === zone)
      .map(([name, { rows }], index) => ({
        label: name,
        value: describeRows(rows, Object.hasOwn(promised, name) ? promised[name] : undefined),
        kind: failed.has(`counts.${name}`) ? ('wrong' as const) : ('rows' as const),
        start: 0,
        length: rows,
        heading: index === 0 ? heading : undefined,
      })),
  );
}

/** Rows found, of those that are due. */
function describeRows(rows: number, due: number | undefined): string {
  return due === undefined ? formatCount(rows) : `${formatCount(rows)} of ${formatCount(due)} due`;
}

function zoneOf(name: string): Table['zone'] | undefined {
  return Object.values(TABLES).find((table) => table.name === name)?.zone;
}
