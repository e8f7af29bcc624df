/** The command as its users have it, compiled from the sources as they are now: it starts in a third of the time. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
// Below node_modules, so that the compiled files find their packages.
const CACHE = join(ROOT, 'node_modules', '.cache', 'stedi-tests');
const BUILD = 'build.mjs';
const PROJECT = 'tsconfig.build.json';
/** Beside the sources, what else decides what is made of them. */
const SETTINGS = [BUILD, PROJECT, 'tsconfig.json', 'package.json', 'package-lock.json'];
/** Types are for `npm run typecheck`: without them it takes half the time. */
const QUICK = ['--noCheck', '--declaration', 'false', '--isolatedDeclarations', 'false'];
const UNUSED_MS_MAX = 24 * 3_600_000;

let built: string | undefined;

/** The file to give to Node. The first call in a process may compile, which takes some seconds. */
export function builtCommand(): string {
  built ??= build();
  return join(built, 'cli', 'main.js');
}

/**
 * The name of the folder is the hash of all that goes into it: nothing old is ever tested, whatever the clocks say. It
 * gets its name when it is complete, so that processes that build at once need not know of each other.
 */
function build(): string {
  const hash = hashOfSources();
  const folder = join(CACHE, hash);
  if (existsSync(folder)) {
    utimesSync(folder, new Date(), new Date());
    return folder;
  }
  const scratch = `${folder}.${process.pid}.part`;
  mkdirSync(scratch, { recursive: true });
  removeUnused();
  execFileSync(process.execPath, [join(ROOT, BUILD), scratch, ...QUICK], { stdio: 'inherit' });
  if (hashOfSources() !== hash) {
    // Somebody works on the sources meanwhile: nobody knows what was compiled.
    rmSync(scratch, { recursive: true });
    return build();
  }
  // Node takes from it that the files are modules, and the command its version.
  copyFileSync(join(ROOT, 'package.json'), join(scratch, 'package.json'));
  try {
    renameSync(scratch, folder);
  } catch (error) {
    rmSync(scratch, { recursive: true });
    // Another process was first.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function hashOfSources(): string {
  const { include } = JSON.parse(readFileSync(join(ROOT, PROJECT), 'utf8')) as {
    readonly include: readonly string[];
  };
  const hash = createHash('sha256');
  for (const path of [...SETTINGS, ...include.flatMap(filesIn)]) {
    const content = readFileSync(join(ROOT, path));
    hash.update(`${path}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

/** Paths of all files below a folder, from the root of the checkout. Of a pattern it is the folder before the first star. */
function filesIn(pattern: string): string[] {
  const folder = pattern.replace(/\/?\*.*$/, '');
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}${sep}${entry.name}`.slice(ROOT.length))
    .toSorted();
}

function removeUnused(): void {
  for (const name of readdirSync(CACHE)) {
    const folder = join(CACHE, name);
    const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (Date.now() - mtimeMs > UNUSED_MS_MAX) rmSync(folder, { recursive: true, force: true });
  }
}
