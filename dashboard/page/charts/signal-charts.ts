/** Acceleration and distance of one person on one axis of time, drawn with every frame. */
import type uPlot from 'uplot';
import type { SignalChunk } from '../../api.ts';
import { byId, setText } from '../elements.ts';
import { SampleWindow } from '../live/sample-window.ts';
import type { WorldClock } from '../live/world-clock.ts';
import { axisFont, chartFont, SizedChart } from './sized-chart.ts';
import type { ChartColours } from './chart-colours.ts';
import { apart, gapsIn, rangeAround, windowSeconds } from './signal-ranges.ts';

const SAMPLES_MAX = 4_000;
/** Behind the world by so many real ms: what is drawn has arrived. */
const LAG_MS = 250;
const NUMBERS_MS = 250;
/** Without anything new for so long, in world seconds, nothing is measured. */
const STILL_SECONDS = 6;
/** Names of lines that end at one place stand so far apart, in px. */
const NAME_PX = 13;
const AXES = ['x', 'y', 'z'] as const;

/** Both charts and the numbers above them. */
export class SignalCharts {
  readonly #samples = new SampleWindow(4, SAMPLES_MAX);
  readonly #distances = new SampleWindow(2, SAMPLES_MAX);
  readonly #acceleration: SizedChart;
  readonly #distance: SizedChart;
  readonly #empty = byId('signals-empty', HTMLElement);
  readonly #clock: WorldClock;
  #rateHz = { phone: 50, trainer: 50 };
  #numbersMs = 0;
  #time = { min: 0, max: 1 };

  constructor(clock: WorldClock) {
    this.#clock = clock;
    const range = (): [number, number] => [this.#time.min, this.#time.max];
    this.#acceleration = new SizedChart(
      byId('acceleration', HTMLElement),
      (colours) => ({
        ...frame(colours, range),
        scales: { x: { time: false, range }, y: { range: rangeAround(-1.5, 1.5) } },
        axes: [timeAxis(colours, () => false), valueAxis(colours)],
        series: [{}, ...AXES.map((name) => this.#line(name, colours, () => this.#rateHz.phone))],
      }),
      [[], [], [], []],
    );
    this.#distance = new SizedChart(
      byId('distance', HTMLElement),
      (colours) => ({
        ...frame(colours, range),
        scales: { x: { time: false, range }, y: { range: rangeAround(0, 400) } },
        axes: [timeAxis(colours, () => this.#clock.at(0) !== undefined, 22), valueAxis(colours)],
        series: [{}, this.#line('distance', colours, () => this.#rateHz.trainer)],
      }),
      [[], []],
    );
  }

  /** Another person, or another run. */
  reset(rateHz?: { readonly phone: number; readonly trainer: number }): void {
    if (rateHz !== undefined) this.#rateHz = rateHz;
    this.#samples.clear();
    this.#distances.clear();
  }

  /** Takes in what was measured. */
  take({ samples, distances }: SignalChunk): void {
    for (const [at, x, y, z] of samples) this.#samples.push([at / 1_000, x, y, z]);
    for (const [at, distance] of distances) this.#distances.push([at / 1_000, distance]);
  }

  /** Draws; called with every frame. */
  draw(): void {
    const nowMs = performance.now();
    const atMs = this.#clock.at(nowMs - LAG_MS);
    if (atMs === undefined) return;
    const max = atMs / 1_000;
    this.#time = { min: max - windowSeconds(this.#clock.speed), max };
    this.#acceleration.plot.setData(this.#samples.since(this.#time.min));
    this.#distance.plot.setData(this.#distances.since(this.#time.min));
    if (nowMs - this.#numbersMs < NUMBERS_MS) return;
    this.#numbersMs = nowMs;
    this.#writeNumbers(max);
  }

  /** Draws in the colours of now. */
  recolour(): void {
    this.#acceleration.recolour();
    this.#distance.recolour();
  }

  #writeNumbers(atSeconds: number): void {
    const sample = this.#samples.last();
    const distance = this.#distances.last();
    AXES.forEach((name, index) => {
      setText(byId(`now-${name}`, HTMLElement), gText(sample?.[index + 1]));
    });
    setText(byId('now-distance', HTMLElement), distance === undefined ? '–' : String(distance[1]));
    const last = Math.max(sample?.[0] ?? 0, distance?.[0] ?? 0);
    this.#empty.hidden = atSeconds - last < STILL_SECONDS;
  }

  #line(
    name: (typeof AXES)[number] | 'distance',
    colours: () => ChartColours,
    rateHz: () => number,
  ): uPlot.Series {
    return {
      label: name,
      stroke: () => colours()[name],
      width: 1.5,
      points: { show: () => rateHz() < 5 },
      gaps: (plot, _series, first, last) => {
        const seconds = rateHz() === 0 ? 8 : Math.max(0.5, 5 / rateHz());
        const times = plot.data[0];
        return gapsIn(times, first, last, seconds).map(([from, to]): [number, number] => [
          plot.valToPos(from, 'x', true),
          plot.valToPos(to, 'x', true),
        ]);
      },
    };
  }
}

function gText(value: number | undefined): string {
  return value === undefined ? '–' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)} g`;
}

/** What both charts have in common; each line has its name at its end, so that colour is not all that tells them apart. */
function frame(
  colours: () => ChartColours,
  range: () => [number, number],
): Pick<uPlot.Options, 'legend' | 'cursor' | 'padding' | 'hooks' | 'pxAlign'> {
  return {
    legend: { show: false },
    cursor: { show: false },
    padding: [6, 22, 0, 0],
    pxAlign: false,
    hooks: {
      draw: [
        (plot): void => {
          nameLines(plot, colours(), range()[1]);
        },
      ],
    },
  };
}

function nameLines(plot: uPlot, colours: ChartColours, at: number): void {
  const { ctx } = plot;
  const lines = plot.series.slice(1).flatMap((series, index) => {
    const value = plot.data[index + 1]?.at(-1);
    const name = AXES.find((axis) => axis === series.label);
    if (typeof value !== 'number' || name === undefined) return [];
    return [{ name, top: plot.valToPos(value, 'y', true) }];
  });
  const tops = apart(
    lines.map(({ top }) => top),
    NAME_PX * devicePixelRatio,
  );
  const left = plot.valToPos(at, 'x', true) + 6 * devicePixelRatio;
  ctx.save();
  ctx.font = `bold ${chartFont(0.85, devicePixelRatio)}`;
  ctx.textBaseline = 'middle';
  lines.forEach(({ name }, index) => {
    ctx.fillStyle = colours[name];
    ctx.fillText(name, left, tops[index] ?? 0);
  });
  ctx.restore();
}

function timeAxis(colours: () => ChartColours, hasLabels: () => boolean, size = 6): uPlot.Axis {
  return {
    stroke: () => colours().quiet,
    grid: { stroke: () => colours().rule, width: 1 },
    ticks: { show: false },
    font: axisFont(),
    size,
    gap: 4,
    space: 70,
    values: (_plot, splits) =>
      splits.map((at) => (hasLabels() ? new Date(at * 1_000).toISOString().slice(14, 19) : '')),
    incrs: [1, 2, 5, 10, 15, 30, 60],
  };
}

function valueAxis(colours: () => ChartColours): uPlot.Axis {
  return {
    stroke: () => colours().quiet,
    grid: { stroke: () => colours().rule, width: 1 },
    ticks: { show: false },
    font: axisFont(),
    size: 38,
    gap: 4,
    space: (_plot, _axis, _min, _max, height) => Math.max(16, height / 6),
  };
}
