/** The browser of this machine, for tests of the demo page. Debian's is meant; `.ci/install-browser` installs it. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

const PATH = PATHS.find((path) => existsSync(path));
/** On a machine that checks changes nothing may be left out. */
const IS_OPTIONAL = process.env['CI'] !== 'true';
const REASON = 'there is no Chromium here: on Debian, .ci/install-browser installs it';

/** A browser has much to do where others compute as well. */
const TEST_MS = 120_000;

let hasTold = false;

/** Tests in a browser that is opened before them and closed after them; left out, with a word, where there is none. */
export function describeInBrowser(name: string, tests: (browser: () => Browser) => void): void {
  const isLeftOut = PATH === undefined && IS_OPTIONAL;
  if (isLeftOut && !hasTold) {
    hasTold = true;
    process.stderr.write(`The demo page is not tested in a browser: ${REASON}.\n`);
  }
  const why = isLeftOut ? ` (${REASON})` : '';
  describe.skipIf(isLeftOut)(`${name}${why}`, { timeout: TEST_MS }, () => {
    let opened: Browser | undefined;
    beforeAll(async () => {
      if (PATH === undefined) throw new RangeError(`The page must be tested, but ${REASON}.`);
      opened = await chromium.launch({ executablePath: PATH, args: FLAGS });
    });
    afterAll(async () => {
      await opened?.close();
    });
    tests(() => {
      if (opened === undefined) throw new RangeError('The browser is open while tests run only.');
      return opened;
    });
  });
}
