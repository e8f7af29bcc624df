/** Rows that are not right, of both pipelines over the run, with a line where somebody did something. */
import type uPlot from 'uplot';
import type { DemoPolicy, Verdict } from '../../api.ts';
import { byId } from '../elements.ts';
import { clockText, countText, shortCount } from '../words/numbers.ts';
import type { ChartColours } from './chart-colours.ts';
import { axisFont, chartFont, SizedChart } from './sized-chart.ts';
import { apart } from './signal-ranges.ts';
import { withVerdict } from './verdict-history.ts';
import type { HistoryPoint } from './verdict-history.ts';

const SPAN_SECONDS_MIN = 60;
/** Names of lines that end at one place stand so far apart, in px. */
const NAME_PX = 13;
const COLOURS = { classic: 'wrong', strict: 'right' } as const;

/** The chart. */
export class TrendChart {
  readonly #place = byId('trend', HTMLElement);
  readonly #chart: SizedChart;
  #history: HistoryPoint[] = [];
  #deeds: number[] = [];
  #startSeconds: number | undefined;

  constructor() {
    this.#chart = new SizedChart(
      this.#place,
      (colours) => ({
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 18, 0, 0],
        scales: {
          x: {
            time: false,
            range: (_plot, min, max) => spanOf(min ?? this.#startSeconds ?? 0, max),
          },
          y: { range: (_plot, _min, max) => [0, Math.max(10, 1.15 * (max ?? 0))] },
        },
        axes: axes(colours, () => this.#startSeconds !== undefined),
        series: [{}, line('classic', colours), line('strict', colours)],
        hooks: {
          drawClear: [
            (plot): void => {
              this.#drawDeeds(plot, colours());
            },
          ],
          draw: [
            (plot): void => {
              nameLines(plot, colours());
            },
          ],
        },
      }),
      [[], [], []],
    );
  }

  /** Another run. */
  reset(startMs: number): void {
    this.#startSeconds = startMs / 1_000;
    this.#history = [];
    this.#deeds = [];
    this.#place.ariaLabel = 'No verdict yet';
    this.#draw();
  }

  /** A deed, which gets its line. */
  addDeed(atMs: number): void {
    this.#deeds.push(atMs / 1_000);
    this.#draw();
  }

  /** A verdict more. */
  addVerdict(verdict: Verdict): void {
    this.#history = withVerdict(this.#history, verdict);
    const last = this.#history.at(-1);
    if (last !== undefined) {
      const { classic, strict } = last.wrong;
      this.#place.ariaLabel = `At ${clockText(verdict.asOfMs)}: ${countText(classic)} rows of classic are not right, ${countText(strict)} of strict`;
    }
    this.#draw();
  }

  /** Draws in the colours of now. */
  recolour(): void {
    this.#chart.recolour();
  }

  #draw(): void {
    // Of a single point uPlot makes a scale of its own: two at one place keep ours.
    const points = this.#history.length === 1 ? this.#history.flatMap(doubled) : this.#history;
    const of = (policy: DemoPolicy): number[] => points.map(({ wrong }) => wrong[policy]);
    const times = points.map(({ atSeconds }) => atSeconds);
    this.#chart.plot.setData([times, of('classic'), of('strict')]);
  }

  #drawDeeds(plot: uPlot, colours: ChartColours): void {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.strokeStyle = colours.quiet;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    for (const at of this.#deeds) {
      const left = Math.round(plot.valToPos(at, 'x', true));
      ctx.beginPath();
      ctx.moveTo(left, bbox.top);
      ctx.lineTo(left, bbox.top + bbox.height);
      ctx.stroke();
    }
    ctx.restore();
  }
}

function doubled(point: HistoryPoint): HistoryPoint[] {
  return [{ ...point, atSeconds: point.atSeconds - 0.001 }, point];
}

/** At least a minute, so that the first verdicts do not fill the chart. */
function spanOf(from: number, max: number | null): [number, number] {
  return [from, Math.max(max ?? 0, from + SPAN_SECONDS_MIN)];
}

function line(policy: DemoPolicy, colours: () => ChartColours): uPlot.Series {
  return {
    label: policy,
    stroke: () => colours()[COLOURS[policy]],
    width: 2.5,
    ...(policy === 'classic' ? { dash: [7, 4] } : {}),
    points: { show: false },
  };
}

function axes(colours: () => ChartColours, hasTime: () => boolean): uPlot.Axis[] {
  const common: uPlot.Axis = {
    stroke: () => colours().quiet,
    grid: { stroke: () => colours().rule, width: 1 },
    ticks: { show: false },
    font: axisFont(),
    gap: 4,
  };
  return [
    {
      ...common,
      size: 20,
      space: 90,
      grid: { show: false },
      incrs: [10, 30, 60, 120, 300, 600, 1_200, 3_600],
      values: (_plot, splits) => splits.map((at) => (hasTime() ? clockText(at * 1_000) : '')),
    },
    {
      ...common,
      size: 44,
      space: (_plot, _axis, _min, _max, height) => Math.max(22, height / 6),
      incrs: [1, 2, 5]
        .flatMap((unit) => [1, 10, 100, 1e3, 1e4, 1e5].map((by) => unit * by))
        .toSorted((a, b) => a - b),
      values: (_plot, splits) => splits.map(shortCount),
    },
  ];
}

/** Names stand at the ends of lines, on the side where there is room. */
function nameLines(plot: uPlot, colours: ChartColours): void {
  const { ctx, bbox } = plot;
  const at = plot.data[0].at(-1);
  if (at === undefined) return;
  ctx.save();
  ctx.font = `bold ${chartFont(0.76, devicePixelRatio)}`;
  const end = plot.valToPos(at, 'x', true);
  const isLate = end > bbox.left + bbox.width * 0.7;
  ctx.textAlign = isLate ? 'right' : 'left';
  const left = end + (isLate ? -6 : 6) * devicePixelRatio;
  // Upwards is where there is room: lines that lie on each other do so at the bottom.
  const tops = apart(
    [1, 2].map((index) => -plot.valToPos(plot.data[index]?.at(-1) ?? 0, 'y', true)),
    NAME_PX * devicePixelRatio,
  );
  (['classic', 'strict'] as const).forEach((policy, index) => {
    ctx.fillStyle = colours[COLOURS[policy]];
    ctx.fillText(policy, left, -(tops[index] ?? 0) - 6 * devicePixelRatio);
  });
  ctx.restore();
}
