/** A browser with the demo page open: what the page holds in memory, and how often it draws. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run'];
const VIEWPORT = { width: 1_440, height: 900 };
const BYTES_PER_MB = 2 ** 20;

/** Runs in the page before its own script. Each drawing of a chart begins with the clearing of its canvas. */
const PROBE = `
  window.drawnMs = [];
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    if (this.canvas.closest('#acceleration') !== null) window.drawnMs.push(performance.now());
    return clear.apply(this, place);
  };
`;

/** Somebody who looks at the page. Whoever opens it closes it. */
export interface DemoVisitor {
  /** Memory of the page's script after everything that is not used any more was collected, in MB. */
  readonly heapMb: () => Promise<number>;
  /** When the signals were drawn since the last look, in ms of the page. */
  readonly drawings: () => Promise<number[]>;
  /** What stands in an element. */
  readonly text: (selector: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Opens the page in Debian's Chromium or what takes its place. Rejects with a RangeError when there is none. */
export async function visitDemo(url: string): Promise<DemoVisitor> {
  const executablePath = PATHS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new RangeError('There is no Chromium here.');
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const page = await browser.newPage({ viewport: VIEWPORT });
  await page.addInitScript({ content: PROBE });
  await page.goto(url, { waitUntil: 'load' });
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('HeapProfiler.enable');
  return {
    heapMb: async () => {
      await devTools.send('HeapProfiler.collectGarbage');
      const { usedSize } = await devTools.send('Runtime.getHeapUsage');
      return usedSize / BYTES_PER_MB;
    },
    drawings: () => page.evaluate<number[]>('window.drawnMs.splice(0)'),
    text: async (selector) => (await page.locator(selector).textContent()) ?? '',
    close: () => browser.close(),
  };
}
