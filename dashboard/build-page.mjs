// Makes of dashboard/page/ the files that the demo's server gives to browsers, and holds them to a budget.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

/** What a browser has to load at most, compressed. */
const BUDGET_BYTES = 200_000;

/**
 * Writes the page below `out`/dashboard/page and says how large it is. Throws when it is over the budget.
 * @param {string} out
 */
export async function buildPage(out) {
  const folder = join(out, 'dashboard', 'page');
  await build({
    configFile: false,
    envDir: false,
    root: fileURLToPath(new URL('page/', import.meta.url)),
    logLevel: 'warn',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      // The first that know light-dark().
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // The server's content security policy lets nothing be loaded but files, and no script be written into the page.
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
    },
  });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const bytes = files
    .filter((file) => file.isFile())
    .reduce(
      (sum, file) => sum + gzipSync(readFileSync(join(file.parentPath, file.name))).length,
      0,
    );
  if (bytes > BUDGET_BYTES) {
    throw new RangeError(
      `The demo page has ${bytes} bytes compressed, over its budget of ${BUDGET_BYTES}: take something out of dashboard/page/.`,
    );
  }
  process.stdout.write(`The demo page: ${(bytes / 1000).toFixed(1)} kB compressed.\n`);
}
