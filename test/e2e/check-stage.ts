/** What `stedi device check` is tried on: pseudo-terminals with boards, babblers or nobody behind them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openVirtualPort } from '../../simulator/index.ts';
import type { VirtualPort } from '../../simulator/index.ts';
import { plugInBoard } from '../device-bench/ports/board-on-a-port.ts';
import type { BoardOnAPort } from '../device-bench/ports/board-on-a-port.ts';
import { atTheEnd, runStedi, temporaryFolder } from './stedi.ts';
import type { Outcome } from './stedi.ts';

/** What a check left behind. */
export interface Checked extends Outcome {
  readonly out: string;
  readonly transcript: string;
}

/** Runs a check to its end, in a folder of its own. */
export async function check(args: readonly string[]): Promise<Checked> {
  const out = join(await temporaryFolder(), 'out');
  const outcome = await runStedi(['device', 'check', ...args, '--out', out]);
  const transcript = await readFile(join(out, 'transcript.txt'), 'utf8').catch(() => '');
  return { ...outcome, out, transcript };
}

/** A board on a port until the test file ends. */
export function plugIn(options: Parameters<typeof plugInBoard>[0] = {}): BoardOnAPort {
  return plugInBoard(options, atTheEnd);
}

/** An open port with nobody behind it, or somebody who only says `words`, again and again. */
export function plugInBabbler(words = '', everyMs = 1): VirtualPort {
  const port = openVirtualPort();
  const babbling = words === '' ? undefined : setInterval(() => port.write(words), everyMs);
  atTheEnd(() => {
    clearInterval(babbling);
    port.close();
  });
  return port;
}

/** The last command was STOP, and the device has said that it obeys. */
export function expectQuiet(board: BoardOnAPort): void {
  const commands = board
    .received()
    .split('\r\n')
    .filter((line) => line !== '');
  expect(commands.at(-1)).toMatch(/STOP/);
  const lines = board.sent().split('\r\n');
  const stopped = lines.findLastIndex((line) => /^=OK,\w*,STOP,/.test(line));
  expect(stopped).toBeGreaterThan(-1);
  expect(lines.slice(stopped + 1).filter((line) => line.startsWith('$R'))).toEqual([]);
}
