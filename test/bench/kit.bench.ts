/** Prints which rule catches which faulty device, and whether healthy devices pass. Not a test: nothing fails here. */
import { runOnBoard } from '../../device-bench/twin/run-on-board.ts';
import {
  brokenRules,
  checkDevice,
  deviceSeconds,
} from '../device-bench/faulty-devices/check-device.ts';
import { FAULTY_DEVICES } from '../device-bench/faulty-devices/faulty-devices.ts';
import { drawHealthyBoard } from '../device-bench/faulty-devices/healthy-devices.ts';
import type { Host } from '../device-bench/faulty-devices/healthy-devices.ts';

/** For each kind of host. */
const SEEDS = 100;
const WIDTHS = [54, 17, 34];

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function printRow(device: string, meant: string, caughtBy: string, seconds: string): void {
  const [first = 0, second = 0, third = 0] = WIDTHS;
  print(
    `${device.padEnd(first)}${meant.padEnd(second)}${caughtBy.padEnd(third)}${seconds.padStart(8)}`,
  );
}

function printFaulty(): void {
  printRow('faulty device', 'meant rule', 'caught by', 'device s');
  let caught = 0;
  for (const device of FAULTY_DEVICES) {
    const report = checkDevice(device);
    const broken = brokenRules(report);
    if (broken.length === 1 && broken[0] === device.rule) caught++;
    const seconds = deviceSeconds(report).toFixed(1);
    printRow(device.name, device.rule, broken.join(' ') || 'nothing', seconds);
  }
  print(`${caught} of ${FAULTY_DEVICES.length} are caught by the rules that are meant for them.`);
}

function printHealthy(host: Host): void {
  const reports = Array.from({ length: SEEDS }, (_, seed) =>
    runOnBoard(drawHealthyBoard(seed, host), { level: 'L3', seed: String(seed) }),
  );
  const passed = reports.filter(({ verdict, level }) => verdict === 'passed' && level === 'L3');
  const seconds = reports.map(deviceSeconds);
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)];
  print(
    `Healthy devices, ${host} host: ${passed.length} of ${SEEDS} seeds pass at L3, in ${least.toFixed(0)} to ${most.toFixed(0)} s of device time.`,
  );
}

printFaulty();
print('');
printHealthy('prompt');
printHealthy('late');
