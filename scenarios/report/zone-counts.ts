/** How many rows each of the tables holds, zone by zone. */
import { TABLES } from '../../pipeline/index.ts';
import type { Table } from '../../pipeline/index.ts';
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';
import { formatCount } from '../oracles/oracle.ts';
import type { ScenarioResult } from '../run/result.ts';
import { renderBarChart } from './bar-chart.ts';
import type { Bar } from './bar-chart.ts';
import { formatPlural } from './quantities.ts';

const ZONES = [
  { zone: 'landing', heading: 'Landing zone' },
  { zone: 'trusted', heading: 'Trusted zone' },
  { zone: 'curated', heading: 'Curated zone' },
  { zone: undefined, heading: 'Outside the catalog' },
] as const;

/** Draws the row counts. Within a zone, tables keep the order of the document. */
export function renderZoneCounts(tables: ScenarioResult['tables']): Html {
  const bars = layOutZones(tables);
  if (bars.length === 0) return html`<p class="empty">The pipeline made no tables.</p>`;
  const scale = Math.max(...bars.map(({ length }) => length));
  const counts = bars.map(({ label, length }) => `${label} ${formatPlural(length, 'row')}`);
  const description = `Rows in the tables. ${counts.join(', ')}.`;
  return html`<figure>${renderBarChart({ bars, scale, description })}</figure>`;
}

function layOutZones(tables: ScenarioResult['tables']): Bar[] {
  return ZONES.flatMap(({ zone, heading }) =>
    Object.entries(tables)
      .filter(([name]) => zoneOf(name) === zone)
      .map(([name, { rows }], index) => ({
        label: name,
        value: formatCount(rows),
        kind: 'rows' as const,
        start: 0,
        length: rows,
        heading: index === 0 ? heading : undefined,
      })),
  );
}

function zoneOf(name: string): Table['zone'] | undefined {
  return Object.values(TABLES).find((table) => table.name === name)?.zone;
}
