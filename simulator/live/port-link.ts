import { existsSync, lstatSync, readlinkSync, renameSync, symlinkSync, unlinkSync } from 'node:fs';

import { SimulatorError } from '../simulator-error.ts';

/**
 * Creates the symbolic link `link` to the port `target` in one step: nobody sees a half-made one.
 *
 * `target` must be a port that was just opened by the caller. A link that a killed run left behind is replaced.
 * @throws SimulatorError `LINK_EXISTS` when something else lives at `link`, `LINK_FAILED` when it cannot be created
 */
export function createPortLink(link: string, target: string): void {
  try {
    symlinkSync(target, link);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw linkFailed(link, error);
    if (!isLeftBehind(link, target)) throw linkExists(link, error);
    replaceLink(link, target);
  }
}

/** Removes `link` if it still leads to `target`; a link that somebody else made since then stays. */
export function removePortLink(link: string, target: string): void {
  try {
    if (readlinkSync(link) === target) unlinkSync(link);
  } catch {
    // A link that is gone, or is no link any more, is not ours to remove.
  }
}

/** Terminal numbers are given out again, so a link of a killed run may lead to the very port that was just opened. */
function isLeftBehind(link: string, target: string): boolean {
  if (!lstatSync(link).isSymbolicLink()) return false;
  return readlinkSync(link) === target || !existsSync(link);
}

function replaceLink(link: string, target: string): void {
  const fresh = `${link}.${process.pid}.new`;
  try {
    symlinkSync(target, fresh);
    renameSync(fresh, link);
  } catch (error) {
    throw linkFailed(link, error);
  }
}

function linkExists(link: string, cause: unknown): SimulatorError {
  return new SimulatorError(
    'LINK_EXISTS',
    `${link} already exists and is in use. Choose another path for the port link, or remove it if nothing needs it.`,
    { cause },
  );
}

function linkFailed(link: string, cause: unknown): SimulatorError {
  return new SimulatorError(
    'LINK_FAILED',
    `The port link ${link} cannot be created. Choose a path in an existing folder that you may write to.`,
    { cause },
  );
}
