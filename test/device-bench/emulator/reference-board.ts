/** The reference firmware on an emulated board, for tests that speak to it line by line. */
import { openEmulatedBoard } from '../../../device-bench/index.ts';
import type { EmulatedBoard } from '../../../device-bench/index.ts';
import { decodeDeviceLine } from '../../../firmware-protocol/index.ts';
import type { DeviceLine } from '../../../firmware-protocol/index.ts';
import { REFERENCE_HEX } from './hex-file.ts';

/** One line of the firmware and when its last byte arrived. */
export interface HeardLine {
  readonly atMs: number;
  readonly text: string;
  readonly line: DeviceLine;
}

/** A board that is powered and has booted; `lines` grows. */
export interface ReferenceBoard {
  readonly board: EmulatedBoard;
  readonly lines: HeardLine[];
  /** Sends bytes, lets `forMs` pass, and gives the lines that came. */
  readonly say: (bytes: string, forMs?: number) => HeardLine[];
  /** Pulls the reset line, which may cut a line off, and gives what comes until it has booted. */
  readonly restart: () => HeardLine[];
  /** Sends a command and gives its answer's text without CRC; lines that are no answers may come in between. */
  readonly ask: (command: string) => string;
}

const BOOT_MS = 200;
const ANSWER_MS = 60;

/** Powers a board. Every line is decoded: one that is not whole and right fails the test that hears it. */
export function powerReference(): ReferenceBoard {
  const board = openEmulatedBoard({ hex: REFERENCE_HEX });
  const lines: HeardLine[] = [];
  let text = '';
  board.onData((chunk) => {
    text += String.fromCharCode(...chunk);
    if (!text.endsWith('\n')) return;
    const line = decodeDeviceLine(text.slice(0, -1));
    if (line.kind === 'rejected') throw new RangeError(`${JSON.stringify(text)}: ${line.reason}`);
    lines.push({ atMs: board.timers.now(), text: text.trimEnd(), line });
    text = '';
  });
  const say = (bytes: string, forMs = ANSWER_MS): HeardLine[] => {
    const from = lines.length;
    board.write(bytes);
    board.run(board.timers.now() + forMs);
    return lines.slice(from);
  };
  board.run(BOOT_MS);
  return {
    board,
    lines,
    say,
    restart: () => {
      board.reset();
      text = '';
      return say('', BOOT_MS);
    },
    ask: (command) => {
      const answers = say(`${command}\n`).filter((heard) => heard.text.startsWith('='));
      return answers.map((heard) => heard.text.slice(0, -5)).join(' and ');
    },
  };
}
