/** The real command in a real browser: a world that lives, and a judge that judges it. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { startStedi, temporaryFolder, tidyUp } from '../../e2e/stedi.ts';
import { describeInBrowser } from './chromium.ts';
import { fleetPart, visit } from './visit.ts';

const TEST_MS = 120_000;
const SCENARIO = `version: 1
name: Four people walk with the same serial number
world:
  start: 2022-06-20T09:00:00Z
  customers: 4
  sessions: { perPerson: 6 }
  serials: { pool: 1 }
  consent: { research: 50% }
  feed: { every: 10s }
devices:
  trainer: { profile: continuous }
  phone: { profile: continuous }
run: { duration: 20m }
expect: { landing.lost: 0 }
`;

afterAll(tidyUp);

/** Starts the demo; where its page is. Ctrl-C ends it with the test. */
async function startDemo(speed: number): Promise<string> {
  const file = join(await temporaryFolder(), 'four.yaml');
  await writeFile(file, SCENARIO);
  const args = ['demo', file, '--port', '0', '--seed', '7', '--speed', String(speed), '--json'];
  const { process: child, ended } = startStedi(args);
  onTestFinished(async () => {
    child.kill('SIGINT');
    const { stderr } = await ended;
    expect(stderr).toBe('');
  });
  if (child.stdout === null) throw new RangeError('Its output is read here.');
  const line = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const [said] = await Promise.race([line, ended.then(({ stderr }) => [stderr] as [string])]);
  return (JSON.parse(said) as { readonly url: string }).url;
}

describeInBrowser('the demo as its users start it', (browser) => {
  test(
    'shows signals and a verdict, does what switches say, and ends with Ctrl-C',
    async () => {
      const seen = await visit(browser(), await startDemo(5));
      await seen.sees('#title', /Four people walk/);
      await seen.sees('#now-x', /\d/);
      await seen.sees('#now-distance', /\d/);
      await seen.click('#plugged');
      await seen.sees(fleetPart(0, 'trainer'), /unplugged/);
      await seen.click('#broker');
      await seen.sees('#fleet-sum', / 0 of 4 phones online/);
      await seen.click('#broker');
      await seen.sees('#fleet-sum', / 4 of 4 phones online/);
      const wanted = (await seen.text(fleetPart(1, 'consent'))) === 'shares' ? 'private' : 'shares';
      await seen.at('#person').selectOption('1');
      await seen.click('#consent');
      await seen.sees(fleetPart(1, 'consent'), new RegExp(wanted));
      await seen.sees('#judged', /Verdict \d/);
      await seen.counts('#truth-landed-steps', (steps) => steps > 0, 'above 0');
      expect(await seen.shift()).toBeLessThan(0.01);
      await seen.keep('demo');
      expect(seen.troubles).toEqual([]);
    },
    TEST_MS,
  );
});
