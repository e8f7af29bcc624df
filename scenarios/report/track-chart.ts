/**
 * Tracks over one common axis, as inline SVG: signals over time, or points over an amount. Positions are relative, so that
 * one drawing fits a phone and a beamer; marks and text keep their size in pixels.
 */
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';

/** One point, in the units of its track's axes. */
export type Point = readonly [x: number, y: number];

/** Marks of one kind. The kind is a class of the style sheet, and never colour alone: shapes differ, too. */
export interface Marks {
  readonly kind: 'right' | 'wrong' | 'missing' | 'rows';
  readonly points: readonly Point[];
  /** Draws a line through the points instead of marks. */
  readonly isLine?: boolean;
}

/** One track. */
export interface Track {
  readonly label: string;
  /** Height in px without the line of its label. */
  readonly height: number;
  readonly min: number;
  readonly max: number;
  /** What stands at the lower and the upper end of the axis. */
  readonly ends: readonly [low: string, high: string];
  readonly marks: readonly Marks[];
}

/** A chart. */
export interface TrackChart {
  readonly tracks: readonly Track[];
  readonly from: number;
  readonly until: number;
  /** Places on the common axis with their labels. */
  readonly ticks: readonly (readonly [x: number, label: string])[];
  /** Everything that the picture says, for those who cannot see it. */
  readonly description: string;
}

/** Inner units of a track. One decimal of them is a tenth of a pixel on a beamer. */
const WIDTH = 1_000;
const HEIGHT = 100;
const LABEL_PX = 28;
const LABEL_BASELINE_PX = 16;
const GAP_PX = 12;
const AXIS_PX = 24;

/** Draws a chart. */
export function renderTrackChart(chart: TrackChart): Html {
  let top = 0;
  const tracks = chart.tracks.map((track) => {
    const drawn = renderTrack(track, top, chart);
    top += LABEL_PX + track.height + GAP_PX;
    return drawn;
  });
  return html`<svg
    class="chart tracks"
    role="img"
    aria-label="${chart.description}"
    width="100%"
    height="${top + AXIS_PX}"
    focusable="false"
  >
    ${chart.ticks.map((tick) => renderTick(tick, top, chart))} ${tracks}
  </svg>`;
}

function renderTrack(track: Track, top: number, chart: TrackChart): Html {
  const { label, height, ends, marks } = track;
  const drawn = marks.filter(({ points }) => points.length > 0);
  return html`<g class="track">
    <text class="bar-label" x="0" y="${top + LABEL_BASELINE_PX}">${label}</text>
    <text class="chart-heading" x="100%" y="${top + LABEL_BASELINE_PX}" text-anchor="end">
      ${ends[0]} to ${ends[1]}
    </text>
    <svg
      x="0"
      y="${top + LABEL_PX}"
      width="100%"
      height="${height}"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      overflow="visible"
    >
      <path class="frame" d="M0 0H${WIDTH}M0 ${HEIGHT}H${WIDTH}" />
      ${drawn.map((one) => renderMarks(one, track, chart))}
    </svg>
  </g>`;
}

function renderMarks({ kind, points, isLine }: Marks, track: Track, chart: TrackChart): Html {
  const places = points.map(([x, y]) => {
    const across = scale(x, chart.from, chart.until) * WIDTH;
    const down = (1 - scale(y, track.min, track.max)) * HEIGHT;
    return `${round(across)} ${round(down)}`;
  });
  // A line of no length is drawn as a dot by its round or square ends, whatever the drawing is stretched to.
  const path = isLine === true ? `M${places.join('L')}` : places.map((at) => `M${at}h0`).join('');
  return html`<path class="marks ${kind}${isLine === true ? ' line' : ''}" d="${path}" />`;
}

function renderTick(
  [x, label]: TrackChart['ticks'][number],
  bottom: number,
  chart: TrackChart,
): Html {
  const share = scale(x, chart.from, chart.until);
  const at = `${round(100 * share)}%`;
  const anchor = share < 0.1 ? 'start' : share > 0.9 ? 'end' : 'middle';
  return html`<line class="tick" x1="${at}" x2="${at}" y1="${LABEL_PX}" y2="${bottom}" />
    <text class="chart-heading" x="${at}" y="${bottom + LABEL_BASELINE_PX}" text-anchor="${anchor}">
      ${label}
    </text>`;
}

/** Where a value lies between two ends, 0–1. What lies beyond an end is drawn at it. */
function scale(value: number, low: number, high: number): number {
  return high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
