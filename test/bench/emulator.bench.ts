/**
 * Prints how much faster than real time firmware runs in the emulator: ms of the board's clock for each ms of this
 * machine's processor. Not a test: nothing fails here. An argument names another hex file of an ATmega328P.
 */
import { readFileSync } from 'node:fs';
import { KIT_MS_MAX, openEmulatedBoard, startKit } from '../../device-bench/index.ts';
import type { EmulatedBoard, KitReport } from '../../device-bench/index.ts';

const HEX =
  process.argv[2] ??
  new URL('../../firmware-protocol/reference/stl-reference.hex', import.meta.url);
const BOOT_MS = 3_000;
const IDLE_MS = 60_000;
const STREAM_MS = 10_000;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function print(what: string, board: EmulatedBoard, run: () => void): void {
  const [fromMs, fromCpuMs] = [board.timers.now(), cpuMs()];
  run();
  const boardMs = board.timers.now() - fromMs;
  const machineMs = cpuMs() - fromCpuMs;
  const factor = (boardMs / machineMs).toFixed(1);
  process.stdout.write(
    `${what.padEnd(22)}${(boardMs / 1_000).toFixed(1).padStart(7)} s of the board in ${(machineMs / 1_000).toFixed(2).padStart(6)} s of processor time: ${factor.padStart(5)} × real time\n`,
  );
}

function main(): void {
  const hex = readFileSync(HEX, 'latin1');
  const board = openEmulatedBoard({ hex });
  const runFor = (ms: number) => (): void => board.run(board.timers.now() + ms);
  print('start', board, runFor(BOOT_MS));
  print('idle', board, runFor(IDLE_MS));
  for (const rateHz of [10, 50, 200]) {
    board.write(`START ${rateHz}\n`);
    print(`streaming at ${rateHz} Hz`, board, runFor(STREAM_MS));
  }
  const tested = openEmulatedBoard({ hex });
  let report: KitReport | undefined;
  startKit(tested, {
    level: 'L3',
    onDone: (done) => {
      report = done;
    },
  });
  print('conformance kit, L3', tested, () => tested.run(KIT_MS_MAX, () => report !== undefined));
  const { flash, ram } = tested.memoryUse();
  process.stdout.write(
    `kit ${report?.verdict ?? 'not ended'}; flash ${flash} bytes, RAM with stack ${ram} bytes\n`,
  );
}

main();
