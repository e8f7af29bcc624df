/** The five tables as they fill: what is right in them, what is not, and how much they should have. */
import type { DemoPolicy, DemoTable, TableVerdict, Verdict } from '../../api.ts';
import { byId, element, setData, setText, unseen } from '../elements.ts';
import { TABLE_WORDS } from '../words/conditions.ts';
import { countText, shortCount } from '../words/numbers.ts';

/** All tables of the zones. */
export class ZoneBars {
  readonly #zones: readonly Zone[];

  constructor() {
    const tables = Object.keys(TABLE_WORDS) as DemoTable[];
    this.#zones = tables.map((table) => new Zone(table));
    byId('zones', HTMLElement).replaceChildren(...this.#zones.map((zone) => zone.element));
  }

  /** What the chosen pipeline made; `undefined` before the first verdict. */
  show(verdict: Verdict | undefined, policy: DemoPolicy): void {
    for (const zone of this.#zones) zone.show(verdict?.policies[policy].tables[zone.table]);
  }
}

class Zone {
  readonly table: DemoTable;
  readonly element: HTMLLIElement;
  readonly #rows = element('span', { class: 'rows' }, '–');
  readonly #due = element('span', { class: 'due' }, 'no rows yet');
  readonly #good = element('i', { class: 'good' });
  readonly #bad = element('i', { class: 'bad' });

  constructor(table: DemoTable) {
    this.table = table;
    const bar = element('span', { class: 'meter', 'aria-hidden': 'true' }, this.#good, this.#bad);
    const button = element(
      'button',
      { type: 'button', class: 'node', 'data-evidence': `rows:${table}:all`, title: table },
      element('span', { class: 'name' }, TABLE_WORDS[table]),
      this.#rows,
      bar,
      this.#due,
      unseen(' show the rows'),
    );
    this.element = element('li', {}, button);
  }

  show(of: TableVerdict | undefined): void {
    if (of === undefined) {
      setText(this.#rows, '–');
      setText(this.#due, 'no rows yet');
    } else {
      setText(this.#rows, countText(of.rows));
      setText(this.#due, dueText(of));
    }
    const bad = of === undefined ? 0 : badRows(of);
    const whole = Math.max(of?.rows ?? 0, of?.due ?? 0, 1);
    this.#good.style.width = `${(100 * ((of?.rows ?? 0) - bad)) / whole}%`;
    this.#bad.style.width = `${(100 * bad) / whole}%`;
    setData(this.element, 'tone', bad > 0 ? 'wrong' : undefined);
  }
}

/** A row may be both leaked and wrong: at least the larger of the two is bad. */
function badRows({ rows, leaked, wrong }: TableVerdict): number {
  return Math.min(rows, Math.max(leaked, wrong));
}

function dueText(of: TableVerdict): string {
  const due = `${shortCount(of.due)} due`;
  const bad = badRows(of);
  return bad > 0 ? `${shortCount(bad)} bad, ${due}` : due;
}
