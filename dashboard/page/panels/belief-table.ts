/** The numbers of both pipelines side by side; each opens the rows behind it. */
import type { DemoPolicy, DemoTable, PolicyVerdict, Verdict } from '../../api.ts';
import { byId, element, setData, setText, unseen } from '../elements.ts';
import { countText } from '../words/numbers.ts';
import { TABLE_WORDS } from '../words/conditions.ts';
import type { DotPart } from './dot-field.ts';

/** A line of the table. */
interface Line {
  readonly heading: string;
  readonly meaning: string;
  readonly mark?: DotPart['mark'];
  /** Whether anything above zero is bad. */
  readonly isBad: boolean;
  readonly count: (of: PolicyVerdict) => number;
  readonly evidence: (of: PolicyVerdict | undefined) => string;
}

const ML = 'machine_learning_curated';

const LINES: readonly Line[] = [
  {
    heading: 'Rows',
    meaning: 'rows of the ML table',
    isBad: false,
    count: (of) => of.tables[ML].rows,
    evidence: () => `rows:${ML}:all`,
  },
  {
    heading: 'Right',
    meaning: 'rows that are right in every way',
    mark: 'right',
    isBad: false,
    count: (of) => of.rightPairs,
    evidence: () => `rows:${ML}:all`,
  },
  {
    heading: 'Wrong phone',
    meaning: 'rows that pair a step with somebody else’s phone',
    mark: 'wrong',
    isBad: true,
    count: (of) => of.mismatched,
    evidence: () => `rows:${ML}:wrong`,
  },
  {
    heading: 'Leaked',
    meaning: 'rows of all tables about people who do not share their data',
    mark: 'leaked',
    isBad: true,
    count: (of) => of.leaked,
    evidence: (of) => `rows:${leakiest(of)}:leaked`,
  },
  {
    heading: 'Wrong person',
    meaning: 'steps given to somebody who did not make them',
    isBad: true,
    count: (of) => of.misattributed,
    evidence: () => 'rows:step_trainer_trusted:wrong',
  },
  {
    heading: 'Missing',
    meaning: 'rows that the ML table should have and has not',
    isBad: false,
    count: (of) => of.tables[ML].missing,
    evidence: () => `rows:${ML}:missing`,
  },
];

const POLICIES = ['classic', 'strict'] as const;

/** Written once; later only numbers change. */
export class BeliefTable {
  readonly #table = byId('belief', HTMLElement);
  readonly #cells: readonly Cell[];

  constructor() {
    const body = byId('belief-rows', HTMLElement);
    const heads = element('tr', { class: 'heads', 'aria-hidden': 'true' }, element('td'));
    heads.append(...POLICIES.map((policy) => element('td', { 'data-of': policy }, policy)));
    const rows = LINES.map((line) => {
      const cells = POLICIES.map((policy) => new Cell(line, policy));
      const mark = element('span', {
        class: 'mark',
        'data-mark': line.mark,
        'aria-hidden': 'true',
      });
      const heading = element(
        'th',
        { scope: 'row', title: line.meaning },
        ...(line.mark === undefined ? [] : [mark]),
        line.heading,
      );
      return { cells, row: element('tr', {}, heading, ...cells.map((cell) => cell.element)) };
    });
    this.#cells = rows.flatMap(({ cells }) => cells);
    body.replaceChildren(heads, ...rows.map(({ row }) => row));
  }

  /** Numbers of both; the chosen policy stands out. */
  show(verdict: Verdict | undefined, policy: DemoPolicy): void {
    setData(this.#table, 'policy', policy);
    for (const cell of this.#cells) cell.show(verdict);
  }
}

class Cell {
  readonly element: HTMLTableCellElement;
  readonly #line: Line;
  readonly #policy: DemoPolicy;
  readonly #button = element('button', { type: 'button', class: 'number' });
  readonly #value = element('span', {}, '–');

  constructor(line: Line, policy: DemoPolicy) {
    this.#line = line;
    this.#policy = policy;
    this.#button.append(this.#value, unseen(` ${line.meaning}, ${policy}: show them`));
    this.element = element('td', { 'data-of': policy }, this.#button);
  }

  show(verdict: Verdict | undefined): void {
    const of = verdict?.policies[this.#policy];
    const count = of && this.#line.count(of);
    setText(this.#value, count === undefined ? '–' : countText(count));
    setData(this.#button, 'tone', this.#line.isBad && (count ?? 0) > 0 ? 'wrong' : undefined);
    setData(this.#button, 'evidence', `${this.#line.evidence(of)}:${this.#policy}`);
  }
}

/** Leaks are of all tables: the look behind them begins where most are. */
function leakiest(of: PolicyVerdict | undefined): DemoTable {
  const tables = Object.keys(TABLE_WORDS) as DemoTable[];
  if (of === undefined) return ML;
  return tables.reduce((most, table) =>
    of.tables[table].leaked > of.tables[most].leaked ? table : most,
  );
}
