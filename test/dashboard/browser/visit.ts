/** A visit to the demo page, with an eye on what goes wrong in it, on what moves in its layout, and on what it draws. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { onTestFinished, vi } from 'vitest';

/** The folder for pictures of the page's states; without it none are taken. */
const PICTURES = process.env['STEDI_SCREENSHOTS'];
/** A state of the page comes within so many ms, or never. */
const WAIT_MS = 60_000;
const TICK_MS = 50;

/** Runs in the page before its own script. Each drawing of a chart begins with the clearing of its canvas. */
const PROBE = `
  window.probe = { shift: 0, drawnMs: [] };
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
      if (!hadRecentInput) window.probe.shift += value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    if (this.canvas.closest('#acceleration') !== null) window.probe.drawnMs.push(performance.now());
    return clear.apply(this, place);
  };
`;

/** Who visits, and with what. */
export interface Visitor {
  readonly width?: number;
  readonly height?: number;
}

/** One page that is open. */
export class Visit {
  readonly page: Page;
  /** Errors of scripts, of the console, and of what was loaded. */
  readonly troubles: readonly string[];

  constructor(page: Page) {
    const troubles: string[] = [];
    page.on('pageerror', ({ message }) => troubles.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
    });
    this.page = page;
    this.troubles = troubles;
  }

  /** The element that a selector finds. */
  at(selector: string): Locator {
    return this.page.locator(selector);
  }

  /** What stands there now. */
  async text(selector: string): Promise<string> {
    return (await this.at(selector).textContent()) ?? '';
  }

  /** The first number that stands there, `12.3 k` as 12300; NaN when there is none. */
  async number(selector: string): Promise<number> {
    return numberIn(await this.text(selector));
  }

  /** Waits until what stands there fits. */
  async sees(selector: string, wanted: RegExp): Promise<void> {
    await until(async () => {
      const text = await this.text(selector);
      return wanted.test(text) ? undefined : `${selector} says "${text}", not ${String(wanted)}`;
    });
  }

  /** Waits until a number there fits. */
  async counts(selector: string, fits: (count: number) => boolean, what: string): Promise<void> {
    await until(async () => {
      const count = await this.number(selector);
      return fits(count) ? undefined : `${selector} is ${count}, not ${what}`;
    });
  }

  /** Chooses one of several radio buttons, or turns a switch: a click on what is written beside it. */
  async click(selector: string): Promise<void> {
    await this.at(`label:has(${selector})`).click();
  }

  /** Moves a slider, as a hand does that lets it go at a value. */
  async slide(selector: string, value: number): Promise<void> {
    await this.at(selector).fill(String(value));
  }

  /** The sum of all shifts of the layout until now that nobody asked for. */
  shift(): Promise<number> {
    return this.page.evaluate<number>('window.probe.shift');
  }

  /** Waits for so many more drawings of the signals. How many there were in a second. */
  async drawings(count: number): Promise<number> {
    // The page's policy forbids strings that a page evaluates itself, as `waitForFunction` would.
    const drawn = (): Promise<number> => this.page.evaluate('window.probe.drawnMs.length');
    const before = await drawn();
    await until(async () =>
      (await drawn()) > before + count ? undefined : 'The signals are not drawn.',
    );
    const times = await this.page.evaluate<number[]>(`window.probe.drawnMs.slice(${before})`);
    return (1_000 * (times.length - 1)) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
  }

  /** Keeps a picture of the page as it is, if pictures are wanted. */
  async keep(name: string): Promise<void> {
    if (PICTURES === undefined) return;
    await mkdir(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
}

/** Opens the page, until the test ends. */
export async function visit(browser: Browser, url: string, who: Visitor = {}): Promise<Visit> {
  const { width = 1_440, height = 900 } = who;
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width, height } });
  onTestFinished(() => page.close());
  page.setDefaultTimeout(WAIT_MS);
  await page.addInitScript({ content: PROBE });
  const made = new Visit(page);
  await page.goto(url, { waitUntil: 'load' });
  return made;
}

/** A cell of the table of what the ML table believes. */
export function beliefCell(heading: string, policy: 'classic' | 'strict'): string {
  return `#belief-rows tr:has(th:text-is("${heading}")) td[data-of="${policy}"] .number > span:first-child`;
}

/** A part of what the fleet's list says of a station. */
export function fleetPart(station: number, part: 'trainer' | 'phone' | 'consent'): string {
  return `#fleet li:has(.trainer:text-matches("^ttySTEDI${station} ")) .${part}`;
}

/** A part of the way of the data. */
export function flowPart(part: 'serial' | 'mqtt' | 'bridge' | 'spool' | 's3'): string {
  return `#flow [data-part="${part}"]`;
}

/** Waits until there is no complaint any more. The last one is what the test fails with. */
function until(complaint: () => Promise<string | undefined>): Promise<void> {
  return vi.waitFor(
    async () => {
      const text = await complaint();
      if (text !== undefined) throw new RangeError(text);
    },
    { timeout: WAIT_MS, interval: TICK_MS },
  );
}

function numberIn(text: string): number {
  const found = /(\d[\d,]*(?:\.\d+)?)(?: ?([kM])\b)?/.exec(text);
  if (found === null) return NaN;
  const [, digits = '', unit] = found;
  return Number(digits.replaceAll(',', '')) * (unit === 'k' ? 1e3 : unit === 'M' ? 1e6 : 1);
}
