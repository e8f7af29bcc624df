/** What the benchmark prints. */
import { thousands } from '../thousands.ts';
import type { Backlog } from './backlog.ts';
import type { Measured } from './measure.ts';

/** What is measured once, beside the rounds. */
export interface Extras {
  readonly pubackP50Ms: number;
  readonly pubackP99Ms: number;
  readonly backlog: Backlog;
}

const RIVAL = 'mosquitto + mosquitto_sub';
const EMBEDDED = 'bridge, own broker';
const EXTERNAL = 'mosquitto + bridge';
const NODE_RED = 'mosquitto + Node-RED';

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** The middle of three or more rounds. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

const sum = (values: Readonly<Record<string, number>>): number =>
  Object.values(values).reduce((total, value) => total + value, 0);

const messagesOf = ({ load }: Measured): number => load.connections * load.messagesPerConnection;

const cpuPerMessage = (run: Measured): number => (1_000 * sum(run.cpuMs)) / messagesOf(run);
const sinkPerMessage = (run: Measured): number =>
  (1_000 * (run.cpuMs['sink'] ?? NaN)) / messagesOf(run);
const messagesPerSecond = (run: Measured): number => (1_000 * messagesOf(run)) / run.wallMs;
const readingsPerSecond = (run: Measured): number => (1_000 * run.readings) / run.wallMs;

/** One line for each contender: medians of the rounds. */
export function printRuns(runs: readonly Measured[]): void {
  const [first] = runs;
  if (first === undefined) return;
  const { kind, connections } = first.load;
  print(
    `${messagesOf(first).toLocaleString('en-US')} messages (${kind}) from ${connections} connections, medians of ${runs.length / namesOf(runs).length} rounds`,
  );
  printRow('', 'messages/s', 'readings/s', 'cpu µs/msg', 'of it sink', 'peak MB', 'lost');
  for (const name of namesOf(runs)) {
    const own = runs.filter(({ contender }) => contender === name);
    const of = (value: (run: Measured) => number): number => median(own.map(value));
    printRow(
      name,
      thousands(of(messagesPerSecond)),
      thousands(of(readingsPerSecond)),
      of(cpuPerMessage).toFixed(1),
      Number.isNaN(of(sinkPerMessage)) ? '' : of(sinkPerMessage).toFixed(1),
      thousands(of(({ peakMb }) => peakMb['sink'] ?? peakMb['both'] ?? NaN)),
      thousands(Math.max(...own.map(({ lost }) => lost))),
    );
  }
  print();
}

/** The ratios that are aimed at, with gate and aim. */
export function printGates(runs: readonly Measured[], extras: Extras): void {
  const of = (name: string, kind: string, value: (run: Measured) => number): number =>
    median(runs.filter((run) => run.contender === name && run.load.kind === kind).map(value));
  const single = (name: string, value: (run: Measured) => number): number =>
    of(name, 'single', value);
  const peakMb = Math.max(
    ...runs
      .filter(({ contender }) => contender === EMBEDDED || contender === EXTERNAL)
      .map(({ peakMb: peaks }) => peaks['sink'] ?? peaks['both'] ?? NaN),
    extras.backlog.peakMb,
  );
  printRow('', 'measured', 'gate', 'aim');
  const gate = (name: string, value: number, limit: string, aim: string): void =>
    printRow(name, value.toFixed(2), limit, aim);
  const rivalSink = single(RIVAL, sinkPerMessage);
  const rivalCpu = single(RIVAL, cpuPerMessage);
  const speed = single(EMBEDDED, messagesPerSecond);
  gate(
    'cpu: bridge ÷ mosquitto_sub',
    single(EXTERNAL, sinkPerMessage) / rivalSink,
    '<= 1.25',
    '<= 0.85',
  );
  gate(
    'cpu: bridge with broker ÷ mosquitto + sub',
    single(EMBEDDED, cpuPerMessage) / rivalCpu,
    '<= 1.00',
    '<= 0.45',
  );
  gate('messages/s ÷ mosquitto + sub', speed / single(RIVAL, messagesPerSecond), '>= 1', '>= 2');
  gate('messages/s ÷ Node-RED', speed / single(NODE_RED, messagesPerSecond), '>= 4', '>= 9');
  gate(
    'thousand readings/s, batches of 50',
    of(EMBEDDED, 'batch', readingsPerSecond) / 1_000,
    '>= 150',
    '>= 400',
  );
  gate('PUBACK when idle, p99 ms', extras.pubackP99Ms, '<= 50', '<= 15');
  gate('PUBACK when idle, p50 ms', extras.pubackP50Ms, '', '');
  gate('memory, MB', peakMb, '<= 256', '<= 160');
  gate('backlog after a restart, s', extras.backlog.seconds, '<= 30', '<= 10');
  print(
    `(${extras.backlog.readings.toLocaleString('en-US')} readings in the spool, ${extras.backlog.objects} objects, ${extras.backlog.lost} lost)`,
  );
}

function namesOf(runs: readonly Measured[]): string[] {
  return [...new Set(runs.map(({ contender }) => contender))];
}

function printRow(first: string, ...cells: readonly string[]): void {
  print(first.padEnd(44) + cells.map((cell) => cell.padStart(12)).join(''));
}
