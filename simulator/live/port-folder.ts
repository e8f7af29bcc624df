import {
  readdirSync,
  readFileSync,
  readlinkSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';

import { makeFolders } from '../../pipeline/index.ts';
import { SimulatorError } from '../simulator-error.ts';

/** Says which process fills the folder, so that its links can be told from those of a process that is gone. */
const OWNER_FILE = '.stedi-simulate';
const LINK_NAME = /^ttySTEDI\d+$/;
const TERMINAL = /^\/dev\/pts\/\d+$/;

/** A folder for port links that belongs to this process until it is released. */
export interface PortFolder {
  readonly path: string;
  /** The path of the link with a number. */
  linkOf(port: number): string;
  /** Gives the folder back, and removes it if it was made for us and is empty. May be called again. */
  release(): void;
}

/**
 * Takes a folder for port links. One that is missing is made; links that a process left behind that is gone are removed.
 *
 * @throws SimulatorError `FOLDER_IN_USE` while another process has it, `FOLDER_FAILED` when it cannot be made or written to
 */
export function claimPortFolder(path: string): PortFolder {
  const folder = resolve(path);
  const made = makeFolder(path, folder);
  try {
    claim(path, folder);
  } catch (error) {
    removeFolders(made);
    throw error;
  }
  let isOurs = true;
  return {
    path,
    linkOf: (port) => join(path, `ttySTEDI${port}`),
    release: () => {
      if (!isOurs) return;
      isOurs = false;
      unlinkSync(join(folder, OWNER_FILE));
      removeFolders(made);
    },
  };
}

/** Gives the folders that did not exist before, the innermost first. */
function makeFolder(path: string, folder: string): string[] {
  try {
    return makeFolders(folder);
  } catch (error) {
    throw folderFailed(path, error);
  }
}

function claim(path: string, folder: string): void {
  const file = join(folder, OWNER_FILE);
  const owner = readOwner(file);
  if (owner !== undefined) {
    if (isRunning(owner)) throw folderInUse(path, owner);
    for (const name of readdirSync(folder)) removeDeadLink(join(folder, name), name);
    unlinkSync(file);
  }
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
  } catch (error) {
    throw folderFailed(path, error);
  }
}

/** The process that the owner file names: 0 when it names none, `undefined` without a file. */
function readOwner(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || 0;
  } catch {
    return undefined;
  }
}

function isRunning(owner: number): boolean {
  if (owner <= 0) return false;
  try {
    process.kill(owner, 0);
    return true;
  } catch (error) {
    // A process that we may not signal runs all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The number of a terminal is given out again, so that a dead link may lead to somebody else's terminal by now. */
function removeDeadLink(link: string, name: string): void {
  if (!LINK_NAME.test(name)) return;
  try {
    if (TERMINAL.test(readlinkSync(link))) unlinkSync(link);
  } catch {
    // What is no link was not left behind by us.
  }
}

function removeFolders(made: readonly string[]): void {
  try {
    for (const folder of made) rmdirSync(folder);
  } catch {
    // Somebody else has put something there.
  }
}

function folderInUse(path: string, owner: number): SimulatorError {
  return new SimulatorError(
    'FOLDER_IN_USE',
    `The ports in ${path} belong to a simulation that is running (process ${owner}). Stop it, or choose another folder with --link pty:FOLDER.`,
  );
}

function folderFailed(path: string, cause: unknown): SimulatorError {
  return new SimulatorError(
    'FOLDER_FAILED',
    `The folder ${path} cannot be made or written to. Choose another one with --link pty:FOLDER.`,
    { cause },
  );
}
