// Compiles the sources to dist/ and puts beside them the files that the code reads at run time.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
const runtimeFolders = ['pipeline/sql', 'scenarios/catalogue'];

rmSync(join(root, 'dist'), { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(typescript, 'bin', 'tsc'), '-p', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit' },
);
for (const folder of runtimeFolders) {
  if (existsSync(join(root, folder))) {
    cpSync(join(root, folder), join(root, 'dist', folder), { recursive: true });
  }
}
chmodSync(join(root, 'dist', 'cli', 'main.js'), 0o755);
