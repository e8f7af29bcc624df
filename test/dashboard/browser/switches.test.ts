/** Each switch of the page does its deed, and the number changes that it should; the run is acted. */
import { expect, test } from 'vitest';
import { serveActed } from './acted-server.ts';
import { describeInBrowser } from './chromium.ts';
import { beliefCell, fleetPart, flowPart, visit } from './visit.ts';
import type { Visit } from './visit.ts';

const PEOPLE = 12;

/** What of the rows of the ML table is wrong, in percent, as the sentence says. */
const WRONG_SHARE = '#sentence strong:first-of-type';

describeInBrowser('the switches of the page', (browser) => {
  async function open(): Promise<Visit> {
    const { url } = await serveActed({ people: PEOPLE });
    const seen = await visit(browser(), url);
    await seen.sees('#sentence', /somebody else’s phone/);
    return seen;
  }

  test('the fulfilment bug and the pool: how many rows have the phone of somebody else', async () => {
    const seen = await open();
    await seen.counts(WRONG_SHARE, (percent) => percent > 40, 'above 40');
    await seen.click('#bug');
    await seen.counts(WRONG_SHARE, (percent) => percent < 10, 'below 10');
    await seen.at('#pool:disabled').waitFor();
    await seen.click('#bug');
    await seen.counts(WRONG_SHARE, (percent) => percent > 40, 'above 40');
    await seen.slide('#pool', 5);
    await seen.sees('#story-lines', /given out: 5\./);
    await seen.sees('#pool-text', /^5$/);
    expect(seen.troubles).toEqual([]);
  });

  test('the policy: whose rows the zones and the sentence tell of', async () => {
    const seen = await open();
    await seen.sees('#zones li:last-child .due', /bad/);
    await seen.click('[name="policy"][value="strict"]');
    await seen.sees('#story-lines', /The page shows strict/);
    await seen.sees('#sentence', /believes is true/);
    await seen.sees('#zones li:last-child .due', /^(?!.*bad)/);
    await seen.click('[name="policy"][value="classic"]');
    await seen.sees('#sentence', /somebody else’s phone/);
    expect(seen.troubles).toEqual([]);
  });

  test('a consent: who shares, and how many do', async () => {
    const seen = await open();
    await seen.sees('#truth-people', / 6 share data/);
    await seen.sees(fleetPart(0, 'consent'), /shares/);
    await seen.click('#consent');
    await seen.sees(fleetPart(0, 'consent'), /private/);
    await seen.sees('#truth-people', / 5 share data/);
    await seen.sees('#story-lines', /Ana Abel withdrew consent/);
    await seen.click('#consent');
    await seen.sees('#truth-people', / 6 share data/);
    expect(seen.troubles).toEqual([]);
  });

  test('a trainer: unplugged, garbled, swapped', async () => {
    const seen = await open();
    await seen.at('#person').selectOption({ index: 2 });
    for (const [control, word] of [
      ['#plugged', /unplugged/],
      ['#garbled', /garbled/],
    ] as const) {
      await seen.click(control);
      await seen.sees(fleetPart(2, 'trainer'), word);
      await seen.sees('#fleet-sum', word);
      await seen.click(control);
      await seen.sees(fleetPart(2, 'trainer'), /measuring/);
    }
    await seen.at('#swap-with').selectOption('4');
    await seen.at('#swap').click();
    await seen.sees('#story-lines', /ttySTEDI2 and ttySTEDI4 changed places/);
    expect(seen.troubles).toEqual([]);
  });

  test('the clocks of phones, the broker and the storage: what phones and the flow show', async () => {
    const seen = await open();
    await seen.slide('#skew', 2_000);
    await seen.sees(fleetPart(0, 'phone'), /clock [+−]\d/);
    await seen.click('#broker');
    await seen.sees('#fleet-sum', / 0 of 12 phones online/);
    await seen.counts(`${flowPart('mqtt')} .rate`, (rate) => rate === 0, '0');
    await seen.click('#broker');
    await seen.sees('#fleet-sum', / 12 of 12 phones online/);
    await seen.click('#storage');
    await seen.sees(flowPart('s3'), /storage is down/);
    await seen.sees(flowPart('spool'), /94 k rows wait/);
    await seen.click('#storage');
    await seen.sees(flowPart('spool'), /2,100 rows wait/);
    expect(seen.troubles).toEqual([]);
  });

  test('speed and pause: how the clock goes', async () => {
    const seen = await open();
    await seen.click('[name="speed"][value="10"]');
    await seen.sees('#story-lines', /goes 10 times as fast/);
    await seen.at('#pause').click();
    await seen.sees('#phase', /Paused/);
    await seen.counts(`${flowPart('serial')} .rate`, (rate) => rate === 0, '0');
    const clock = await seen.text('#clock');
    await seen.drawings(20);
    expect(await seen.text('#clock')).toBe(clock);
    await seen.at('#pause').click();
    await seen.sees('#phase', /Live/);
    await seen.sees('#clock', new RegExp(`^(?!${clock})`));
    expect(await seen.at('[name="speed"][value="10"]').isChecked()).toBe(true);
    await seen.counts(beliefCell('Rows', 'classic'), (rows) => rows > 0, 'above 0');
    expect(seen.troubles).toEqual([]);
  });
});
