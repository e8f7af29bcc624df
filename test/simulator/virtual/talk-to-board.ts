import { VirtualBoard } from '../../../simulator/virtual/virtual-board.ts';
import type { VirtualBoardOptions } from '../../../simulator/virtual/virtual-board-options.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const EVENTS_MAX = 1_000_000;

/** One line of a board with its line end; `atMs` is the arrival of its last byte. */
export interface HeardLine {
  readonly atMs: number;
  readonly line: string;
}

/** A board with somebody who listens. */
export interface Talk {
  readonly time: VirtualTime;
  readonly board: VirtualBoard;
  readonly lines: HeardLine[];
  readonly chunks: string[];
  /** Writes a command line at a time. */
  readonly say: (atMs: number, command: string) => void;
  /** Lets time pass. */
  readonly until: (timeMs: number) => void;
  /** What arrived without a line feed at its end. */
  readonly rest: () => string;
}

/** Boots a board of seed 1 at 0 ms and keeps what it says. */
export function talkToBoard(options: Partial<Omit<VirtualBoardOptions, 'timers'>> = {}): Talk {
  const time = new VirtualTime(0);
  const board = new VirtualBoard({ streams: seededStreams(1), ...options, timers: time });
  const lines: HeardLine[] = [];
  const chunks: string[] = [];
  let rest = '';
  board.onData((chunk) => {
    const bytes = Buffer.from(chunk).toString('latin1');
    chunks.push(bytes);
    const parts = (rest + bytes).split('\n');
    rest = parts.pop() as string;
    for (const part of parts) lines.push({ atMs: time.now(), line: `${part}\n` });
  });
  return {
    time,
    board,
    lines,
    chunks,
    say: (atMs, command) => time.at(atMs, () => board.write(`${command}\n`)),
    until: (timeMs) => void time.run(timeMs, EVENTS_MAX),
    rest: () => rest,
  };
}
