// Compiles the sources to dist/, or to the folder that the first argument names, and puts beside them the files that
// the code reads at run time and the page of the demo. Further arguments go to the compiler.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from './dashboard/build-page.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const [, , out = join(root, 'dist'), ...options] = process.argv;
const project = join(root, 'tsconfig.build.json');
const runtimePaths = [
  'pipeline/sql',
  'scenarios/catalogue',
  'scenarios/schema.json',
  'scenarios/mutants/fingerprints.json',
];

rmSync(out, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(typescript, 'bin', 'tsc'), '-p', project, '--outDir', out, ...options],
  { stdio: 'inherit' },
);
for (const path of runtimePaths) {
  if (existsSync(join(root, path))) {
    cpSync(join(root, path), join(out, path), { recursive: true });
  }
}
chmodSync(join(out, 'cli', 'main.js'), 0o755);
await buildPage(out);
