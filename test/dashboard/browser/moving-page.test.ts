/** The page lives: it loads, its signals move, nothing on it jumps, and it comes back when its server does. */
import { expect, test } from 'vitest';
import { serveActed } from './acted-server.ts';
import { describeInBrowser } from './chromium.ts';
import { visit } from './visit.ts';

const FRAMES = 60;

describeInBrowser('the page in a browser', (browser) => {
  test('draws the signals of one of fifty people, and nothing on it jumps', async () => {
    const server = await serveActed({ people: 50 });
    const seen = await visit(browser(), server.url);
    await seen.sees('#phase', /Live/);
    await seen.sees('#now-x', /\d/);
    await seen.sees('#fleet-sum', /50 of 50 phones online/);
    const shown = await picture();
    const perSecond = await seen.drawings(FRAMES);
    process.stderr.write(`The signals were drawn ${perSecond.toFixed(0)} times a second.\n`);
    expect(await picture()).not.toEqual(shown);
    await seen.at('#person').selectOption({ index: 3 });
    await seen.sees('#person-legend', /ttySTEDI3/);
    await seen.sees('#judged', /Verdict [2-9]/);
    expect(await seen.shift()).toBeLessThan(0.01);
    expect(seen.troubles).toEqual([]);

    function picture(): Promise<string[]> {
      const charts = `['acceleration', 'distance'].map((id) => document.querySelector('#' + id + ' canvas').toDataURL())`;
      return seen.page.evaluate<string[]>(charts);
    }
  });

  test('says that its server is gone, and goes on by itself when it is back', async () => {
    const first = await serveActed({ people: 4 });
    const port = Number(new URL(first.url).port);
    const seen = await visit(browser(), `${first.url}#person=2`);
    await seen.sees('#now-x', /\d/);
    expect(seen.troubles).toEqual([]);
    await first.close();
    await seen.sees('#banner-title', /The server does not answer/);
    await seen.sees('#phase', /No link/);
    await seen.keep('lost');
    await serveActed({ people: 4, elapsedMs: 300_000 }, port);
    await seen.at('#banner').waitFor({ state: 'hidden' });
    await seen.sees('#clock', /14:05/);
    await seen.sees('#phase', /Live/);
    // The person who was chosen is still shown, with what is measured now.
    await seen.sees('#person-legend', /ttySTEDI2/);
    await seen.sees('#signals-empty', /./);
    await seen.at('#signals-empty').waitFor({ state: 'hidden' });
    const x = await seen.text('#now-x');
    await expect.poll(() => seen.text('#now-x'), { timeout: 10_000 }).not.toBe(x);
    expect(seen.troubles.filter((text) => !text.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
  });
});
