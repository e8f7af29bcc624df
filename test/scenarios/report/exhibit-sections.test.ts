import { describe, expect, it } from 'vitest';
import { NO_EXHIBITS } from '../../../scenarios/exhibits/exhibits.ts';
import type { JoinYield } from '../../../scenarios/exhibits/exhibits.ts';
import type { SessionPlot } from '../../../scenarios/exhibits/session-plot.ts';
import { renderConfusion } from '../../../scenarios/report/confusion-table.ts';
import { renderOffenders } from '../../../scenarios/report/offender-list.ts';
import { renderSession } from '../../../scenarios/report/session-figure.ts';
import { renderYield } from '../../../scenarios/report/yield-chart.ts';
import type { Html } from '../../../presentation/index.ts';
import { findAll, findOne, parsePage, textOf } from '../../presentation/parsed-page.ts';
import { classicPublished, sampleOracle, strictPublished } from './sample-run.ts';

const START = Date.parse('2022-06-18T15:00:00Z');
const PLOT: SessionPlot = {
  oracle: 'ml.pairing',
  person: 7,
  session: 0,
  serialNumber: 'abc-<1>',
  startMs: START,
  endMs: START + 60_000,
  distances: [
    { id: 1, atMs: START, distance: 210, bin: 'landed', believed: [7] },
    { id: 2, atMs: START + 30_000, distance: 290, bin: 'misattributed', believed: [9, 7] },
    { id: 3, atMs: START + 60_000, distance: 250, bin: 'garbled', believed: [] },
  ],
  accelerations: [{ id: 4, atMs: START, timeStamp: START, x: 0, y: -1, z: 1, bin: 'landed' }],
};

function read(part: Html | undefined): string {
  return textOf(parsePage(part ?? ({ markup: '' } as Html))).replaceAll(/\s+/g, ' ');
}

describe('the signals of a session', () => {
  it('has a track for the distance and one for each axis of the phone, over one time', () => {
    const page = parsePage(renderSession(PLOT));
    const labels = findAll(page, 'text', 'bar-label').map(textOf);
    expect(labels).toEqual([
      'Trainer: distance',
      'Phone: acceleration x',
      'Phone: acceleration y',
      'Phone: acceleration z',
    ]);
    const times = findAll(page, 'text', 'chart-heading').map((text) => textOf(text).trim());
    expect(times.slice(0, 2)).toEqual(['15:00:00', '15:00:15']);
    const ranges = times.filter((text) => text.includes(' to '));
    expect(ranges).toEqual(['210 to 290', '0 to 0', '−1 to 0', '1 to 1']);
  });

  it('tells readings apart by what became of them', () => {
    const page = parsePage(renderSession({ ...PLOT, accelerations: [] }));
    for (const kind of ['right', 'wrong', 'missing']) {
      expect(findAll(page, 'path', kind)).toHaveLength(1);
    }
    expect(findAll(page, 'path', 'wrong')[0]?.attributes['d']).toBe('M500 0h0');
  });

  it('names everybody else whom the readings are taken for', () => {
    const text = read(renderSession(PLOT));
    expect(text).toContain('Session 0 of person 7 on 2022-06-18 on trainer abc-<1>');
    expect(text).toContain('The pipeline takes readings of it for person 9.');
  });

  it('draws a dense signal as a line, and what ended wrong in it still as marks', () => {
    const distances = Array.from({ length: 500 }, (_, id) => {
      const bin = id === 3 ? ('wronglyKept' as const) : ('landed' as const);
      return { id, atMs: START + id, distance: id, bin, believed: [7] };
    });
    const page = parsePage(renderSession({ ...PLOT, distances, accelerations: [] }));
    expect(findOne(page, 'path', 'line').attributes['d']?.match(/L/g)).toHaveLength(498);
    expect(findAll(page, 'path', 'wrong')).toHaveLength(1);
  });
});

describe('confusion', () => {
  const CELLS = [
    { person: 3, believed: 5, readings: 1_200 },
    { person: 4, believed: null, readings: 30 },
  ];

  it('sums up, and lists the largest mistakes', () => {
    const part = renderConfusion({ right: 770, wrong: 1_200, none: 30, cells: CELLS }, 'S');
    const text = read(part);
    expect(text).toContain(
      'Of 2,000 trainer readings that stand in step_trainer_trusted or should, 770 (38.5%)',
    );
    const rows = findAll(parsePage(part as Html), 'tr').map((row) =>
      textOf(row).replaceAll(/\s+/g, ' ').trim(),
    );
    expect(rows.slice(1)).toEqual(['person 3 person 5 1,200', 'person 4 nobody 30']);
  });

  it('is left out where there is nothing to attribute', () => {
    expect(renderConfusion(NO_EXHIBITS.confusion, 'S')).toBeUndefined();
  });
});

describe('rows of failed oracles', () => {
  const offender = {
    table: 'customer_trusted',
    row: { x: 1, user: 'e-mail of person 7', y: null },
    truth: 'Person 7 never consented.',
    readings: [],
    people: [],
    steps: [],
  };

  it('stand beside what really happened', () => {
    const oracle = sampleOracle({
      id: 'privacy.leaks',
      verdict: 'fail',
      offenders: [1, 2, 3].map((x) => {
        return { ...offender, row: { ...offender.row, x }, ...(x === 2 && { times: 4 }) };
      }),
    });
    const part = renderOffenders(classicPublished({ oracles: [oracle] }));
    expect(read(part)).toContain(
      'customer_trusted x 1, user e-mail of person 7, y null Person 7 never consented.',
    );
    const rows = findAll(parsePage(part as Html), 'li').map(textOf);
    expect(rows.map((row) => row.slice(0, 20))).toEqual([
      'customer_trusted x 1',
      'customer_trusted x 2',
    ]);
    expect(rows[1]).toContain('y null · 4 times');
  });

  it('are not asked of oracles that passed', () => {
    expect(
      renderOffenders(strictPublished({ oracles: [sampleOracle({ offenders: [offender] })] })),
    ).toBeUndefined();
  });
});

describe('the yield against clocks', () => {
  const withPeople = (...people: readonly JoinYield[]): Html | undefined =>
    renderYield([strictPublished({ exhibits: { ...NO_EXHIBITS, joinYieldBySkew: people } })]);

  it('is left out where all clocks agree', () => {
    expect(withPeople({ skewMs: 0.4, yield: 0.2, pairs: 90, people: 1 })).toBeUndefined();
  });

  it('sums up by how far clocks were off', () => {
    const part = withPeople(
      { skewMs: -1_500, yield: 1, pairs: 90, people: 1 },
      { skewMs: 3_600_000, yield: 0, pairs: 90, people: 1 },
      { skewMs: -2_600, yield: 0.5, pairs: 20, people: 1 },
    );
    const text = read(part);
    expect(text).toContain(
      "by how far the phone's clock was off: 100% of 90 pairs within 2.5 s, 9.1% of 110 pairs beyond 2.5 s.",
    );
    expect(text).toContain('1 h');
    const page = parsePage(part as Html);
    expect(findAll(page, 'path', 'wrong')[0]?.attributes['d']?.match(/M/g)).toHaveLength(2);
  });
});
