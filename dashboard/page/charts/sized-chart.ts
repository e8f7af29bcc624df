/** A chart that is as large as its place, in the colours of the page. */
import uPlot from 'uplot';
import { readColours } from './chart-colours.ts';
import type { ChartColours } from './chart-colours.ts';

/** What a chart is made with; colours are asked for with every drawing. */
export type ChartOptions = (colours: () => ChartColours) => Omit<uPlot.Options, 'width' | 'height'>;

/** Holds a chart to the size of its place. */
export class SizedChart {
  readonly plot: uPlot;
  #colours = readColours();

  constructor(place: HTMLElement, options: ChartOptions, data: uPlot.AlignedData) {
    const size = (): { width: number; height: number } => ({
      width: Math.max(place.clientWidth, 50),
      height: Math.max(place.clientHeight, 50),
    });
    this.plot = new uPlot({ ...options(() => this.#colours), ...size() }, data, place);
    new ResizeObserver(() => {
      this.plot.setSize(size());
    }).observe(place);
  }

  /** Draws anew with the colours of now. */
  recolour(): void {
    this.#colours = readColours();
    this.plot.redraw(false, true);
  }
}

/** The font of the page at so many rem; canvases count in pixels of the device, axes in those of the page. */
export function chartFont(rems: number, pixelRatio = 1): string {
  const { fontSize } = getComputedStyle(document.documentElement);
  const size = Math.round(Number.parseFloat(fontSize) * rems * pixelRatio);
  return `${size}px ${getComputedStyle(document.body).fontFamily}`;
}

/** The font of axes: small print. */
export function axisFont(): string {
  return chartFont(0.72);
}
