/** The built page: few and small files, held in memory, so that no request ever becomes a path. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DemoError } from './demo-error.ts';

/** Compiled, this file lies beside the built page; as a source, the page is built into the folder of what is compiled. */
const BUILT = import.meta.url.endsWith('.ts') ? '../../dist/dashboard/page/' : '../page/';

/** Where the build puts the page. */
export const PAGE_FOLDER: string = fileURLToPath(new URL(BUILT, import.meta.url));

/** A file as it is served. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

/**
 * Reads a built page, by the paths under which it is served; `/` is its `index.html`.
 *
 * @throws DemoError PAGE_MISSING
 */
export async function readPage(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const files = new Map<string, PageFile>();
  try {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const type = TYPES[extname(entry.name)];
      if (!entry.isFile() || type === undefined) continue;
      const path = join(entry.parentPath, entry.name);
      const url = `/${relative(folder, path).split(sep).join('/')}`;
      files.set(url, { type, bytes: await readFile(path) });
    }
  } catch (cause) {
    throw pageMissing(folder, cause);
  }
  const index = files.get('/index.html');
  if (index === undefined) throw pageMissing(folder);
  return files.set('/', index);
}

function pageMissing(folder: string, cause?: unknown): DemoError {
  const message = `The demo's page is not built: there is no index.html to read in ${folder}. Run "npm run build" in the checkout, then start again.`;
  return new DemoError('PAGE_MISSING', message, cause === undefined ? {} : { cause });
}
