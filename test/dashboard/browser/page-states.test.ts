/** How the page looks in its main states: usable by everybody, dark and light, from a phone to a beamer; with pictures. */
import { expect, test } from 'vitest';
import { serveActed, serveStarting } from './acted-server.ts';
import { breaches } from './axe.ts';
import { describeInBrowser } from './chromium.ts';
import { visit } from './visit.ts';
import type { Visit } from './visit.ts';

const PEOPLE = 12;

/** Main states: how the server is opened, and when the page shows it. */
const STATES = [
  {
    name: 'loading',
    serve: () => serveStarting(),
    isShown: (seen: Visit) => seen.sees('#sentence', /Connecting to the run/),
  },
  {
    name: 'empty',
    serve: () => serveActed({ people: PEOPLE, isJudged: false }),
    isShown: (seen: Visit) => seen.sees('#sentence', /first verdict comes/),
  },
  {
    name: 'running',
    serve: () => serveActed({ people: PEOPLE }),
    isShown: async (seen: Visit) => {
      await seen.sees('#sentence', /somebody else’s phone/);
      await seen.sees('#now-x', /\d/);
    },
  },
  {
    name: 'ended',
    serve: () => serveActed({ people: PEOPLE, phase: 'ended' }),
    isShown: (seen: Visit) => seen.sees('#banner-title', /The run is over/),
  },
  {
    name: 'failed',
    serve: () => serveActed({ people: PEOPLE, phase: 'failed' }),
    isShown: (seen: Visit) => seen.sees('#banner-text', /The broker on port 1883 died/),
  },
] as const;

/** From a phone to a beamer. */
const SIZES = [
  { name: 'phone', width: 390, height: 844 },
  { name: 'tablet', width: 820, height: 1_180 },
  { name: 'beamer', width: 1_920, height: 1_080 },
  { name: 'wide', width: 2_560, height: 1_440 },
] as const;

describeInBrowser('the main states of the page', (browser) => {
  for (const { name, serve, isShown } of STATES) {
    test(`${name}: everybody can use it in both colours, and nothing jumps`, async () => {
      const { url } = await serve();
      const seen = await visit(browser(), url);
      await isShown(seen);
      // Before the picture: the browser lays the page out anew for that.
      expect(await seen.shift()).toBeLessThan(0.01);
      await seen.keep(`${name}-light`);
      expect(await breaches(seen)).toEqual([]);
      await seen.keep(`${name}-dark`);
      expect(seen.troubles).toEqual([]);
    });
  }

  for (const { name, ...size } of SIZES) {
    test(`${name}: all of it fits, and is large enough to hit`, async () => {
      const { url } = await serveActed({ people: PEOPLE });
      const seen = await visit(browser(), url, size);
      await seen.sees('#sentence', /somebody else’s phone/);
      await seen.sees('#now-x', /\d/);
      expect(await seen.shift()).toBeLessThan(0.01);
      await seen.keep(`running-${name}`);
      const widths = await seen.page.evaluate<[number, number]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      expect(widths[0]).toBe(widths[1]);
      expect(await breaches(seen, '.belief')).toEqual([]);
    });
  }

  test('the rows behind a number, and what one reading went through', async () => {
    const { url } = await serveActed({ people: PEOPLE });
    const seen = await visit(browser(), url);
    await seen.sees('#belief-rows', /[1-9]/);
    await seen.at('[data-evidence="rows:machine_learning_curated:wrong:classic"]').click();
    await seen.sees('#evidence-body', /the phone beside it is Ana Abel’s/);
    await seen.keep('rows');
    expect(await breaches(seen, '#evidence')).toEqual([]);
    await seen.at('#evidence-body').getByText('#1000', { exact: true }).click();
    await seen.sees('#evidence-body', /lifts the left foot/);
    await seen.keep('reading');
    await seen.page.keyboard.press('Escape');
    await seen.at('#evidence').waitFor({ state: 'hidden' });
    expect(seen.troubles).toEqual([]);
  });
});
