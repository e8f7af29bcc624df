/**
 * Bars under their labels, as inline SVG. Positions along the bars are in per cent and everything else is in pixels, so that
 * one drawing fits a phone and a beamer and its text never shrinks.
 */
import { html } from '../../presentation/index.ts';
import type { Html } from '../../presentation/index.ts';

/** How a bar looks: `total` and `rows` are neutral, `missing` is hollow, `wrong` has a tinted row and a pointer. */
export type BarKind = 'total' | 'rows' | 'missing' | 'right' | 'wrong';

/** One bar; `start` and `length` are in the unit of the chart's `scale`. */
export interface Bar {
  readonly label: string;
  /** The numbers at the right end of the label's line. */
  readonly value: string;
  readonly kind: BarKind;
  readonly start: number;
  readonly length: number;
  /** Puts a heading in front of this bar. */
  readonly heading?: string | undefined;
}

/** A chart. */
export interface BarChart {
  readonly bars: readonly Bar[];
  /** The value at the right end of the longest possible bar. */
  readonly scale: number;
  /** Everything that the picture says, for those who cannot see it. */
  readonly description: string;
  /** Draws lines down from where a bar leaves off to where the next takes up, given for each bar but the last. */
  readonly links?: readonly number[];
}

/** A bar with its place: the top of its row in px, and its ends in per cent. */
interface PlacedBar extends Bar {
  readonly top: number;
  readonly x: string;
  readonly width: string;
  readonly middle: string;
}

const ROW_PX = 44;
const HEADING_PX = 28;
const LABEL_BASELINE_PX = 16;
const BAR_TOP_PX = 22;
const BAR_PX = 12;

/** Draws a chart. */
export function renderBarChart({ bars, scale, description, links = [] }: BarChart): Html {
  const { placed, height } = placeBars(bars, scale);
  // Layer by layer, so that the tint of a row does not cover the line that comes down from the row above it.
  return html`<svg
    class="chart"
    role="img"
    aria-label="${description}"
    width="100%"
    height="${height}"
    focusable="false"
  >
    ${placed.filter(({ kind }) => kind === 'wrong').map(renderBand)}
    ${links.map((link, index) => renderLink(placed[index]?.top ?? 0, percent(link, scale)))}
    ${placed.map(renderBar)}
  </svg>`;
}

function placeBars(
  bars: readonly Bar[],
  scale: number,
): { readonly placed: readonly PlacedBar[]; readonly height: number } {
  let height = 0;
  const placed = bars.map((bar) => {
    const { start, length, heading } = bar;
    if (heading !== undefined) height += HEADING_PX;
    const top = height;
    height += ROW_PX;
    const x = percent(start, scale);
    return {
      ...bar,
      top,
      x,
      width: percent(length, scale),
      middle: percent(start + length / 2, scale),
    };
  });
  return { placed, height };
}

function renderBar(bar: PlacedBar): Html {
  const { label, value, kind, top, heading } = bar;
  const baseline = top + LABEL_BASELINE_PX;
  return html`${heading === undefined ? undefined : renderHeading(heading, top)}<g
      class="bar ${kind}"
    >
      <text class="bar-label" x="0" y="${baseline}">${label}</text>
      <text class="bar-value" x="100%" y="${baseline}" text-anchor="end">${value}</text>
      <rect
        class="fill"
        x="${bar.x}"
        y="${top + BAR_TOP_PX}"
        width="${bar.width}"
        height="${BAR_PX}"
      />
      ${kind === 'wrong' ? renderPointer(bar) : undefined}
    </g>`;
}

function renderHeading(heading: string, top: number): Html {
  const baseline = top - HEADING_PX + LABEL_BASELINE_PX + 4;
  return html`<text class="chart-heading" x="0" y="${baseline}">${heading}</text>`;
}

function renderBand({ top }: PlacedBar): Html {
  return html`<rect class="band" x="-8" y="${top}" width="100%" height="${ROW_PX}" />
    <rect class="band" x="8" y="${top}" width="100%" height="${ROW_PX}" />`;
}

/** A triangle under the bar that points at it: a bar of 7 in 110,000 is less than a pixel wide. */
function renderPointer({ top, middle }: PlacedBar): Html {
  return html`<svg
    class="pointer"
    x="${middle}"
    y="${top + BAR_TOP_PX + BAR_PX + 1}"
    overflow="visible"
  >
    <path d="M0 0l5 7h-10z" />
  </svg>`;
}

function renderLink(top: number, x: string): Html {
  const from = top + BAR_TOP_PX + BAR_PX;
  return html`<line
    class="link"
    x1="${x}"
    x2="${x}"
    y1="${from}"
    y2="${top + ROW_PX + BAR_TOP_PX}"
  />`;
}

function percent(value: number, scale: number): string {
  return `${Number(((100 * Math.max(value, 0)) / Math.max(scale, 1)).toFixed(4))}%`;
}
