/** Boards of the simulator on real pseudo-terminals, at real time. */
import { onTestFinished } from 'vitest';
import {
  openVirtualPort,
  seededStreams,
  VirtualBoard,
  WallTime,
} from '../../../simulator/index.ts';
import type { VirtualBoardOptions, VirtualPort } from '../../../simulator/index.ts';

/** A board with a port that any program can open. */
export interface BoardOnAPort {
  readonly path: string;
  readonly port: VirtualPort;
  readonly serial: string;
  /** All bytes that the board was sent, latin1. */
  received(): string;
  /** All bytes that the board sent. */
  sent(): string;
  /** Sends bytes to the board as a host would, without opening its port. */
  write(bytes: string): void;
  /** Pulls the cable. */
  unplug(): void;
}

/** Counts boards, so that each has a serial number of its own. */
let plugged = 0;

/** Plugs a board in until the test ends, or until whatever `onFinished` waits for. */
export function plugInBoard(
  options: Partial<VirtualBoardOptions> & { readonly link?: string } = {},
  onFinished: (unplug: () => void) => void = onTestFinished,
): BoardOnAPort {
  const { link, ...choices } = options;
  const port = openVirtualPort(link === undefined ? {} : { link });
  const timers = new WallTime(0, 1);
  const board = new VirtualBoard({ timers, streams: seededStreams(++plugged), ...choices });
  let received = '';
  let sent = '';
  port.onData((chunk) => {
    const bytes = Buffer.from(chunk).toString('latin1');
    received += bytes;
    board.write(bytes);
  });
  board.onData((chunk) => {
    const bytes = Buffer.from(chunk).toString('latin1');
    sent += bytes;
    port.write(bytes);
  });
  const unplug = (): void => {
    timers.stop();
    port.close();
  };
  onFinished(unplug);
  const path = link ?? port.path;
  const { serialNumber: serial } = board;
  const write = (bytes: string): void => board.write(bytes);
  return { path, port, serial, received: () => received, sent: () => sent, write, unplug };
}
