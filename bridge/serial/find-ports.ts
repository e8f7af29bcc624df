import { access, readdir } from 'node:fs/promises';
import { parse, sep } from 'node:path';
import { isPattern, matchesPattern } from '../core/port-pattern.ts';

/** The paths that match a pattern, in order; a path without anything to match is itself, whether it exists or not. */
export async function findPorts(pattern: string): Promise<readonly string[]> {
  if (!isPattern(pattern)) return [pattern];
  const { root } = parse(pattern);
  const parts = pattern.slice(root.length).split(sep).filter(Boolean);
  let found: readonly string[] = [root];
  for (const part of parts) {
    const below = await Promise.all(found.map((folder) => expand(folder, part)));
    found = below.flat();
  }
  return found;
}

async function expand(folder: string, part: string): Promise<readonly string[]> {
  const join = (name: string): string =>
    folder === '' || folder.endsWith(sep) ? `${folder}${name}` : `${folder}${sep}${name}`;
  if (isPattern(part)) {
    const names = await namesIn(folder);
    return names
      .filter((name) => matchesPattern(name, part))
      .toSorted()
      .map(join);
  }
  const path = join(part);
  return (await exists(path)) ? [path] : [];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder === '' ? '.' : folder);
  } catch {
    return [];
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
