/**
 * Prints what the bridge costs beside Mosquitto with `mosquitto_sub` and beside Node-RED, as ratios in the same run:
 * 20 connections publish at QoS 1 as fast as they are acknowledged, and a run is over when every reading lies in synced
 * output. Not a test: nothing fails here. Needs Mosquitto; installs Node-RED into a scratch folder unless `--no-node-red`.
 * Arguments: `--rounds N` (3), `--messages N` (200000), `--batches N` (10000), `--node-red FOLDER` where it is installed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { backlogAfterRestart } from './bridge/backlog.ts';
import { bridge, contenders } from './bridge/contenders.ts';
import { idleLatencies, quantile } from './bridge/latency.ts';
import type { Load } from './bridge/load.ts';
import { measure } from './bridge/measure.ts';
import type { Measured } from './bridge/measure.ts';
import { printGates, printRuns } from './bridge/table.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CONNECTIONS = 20;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    messages: { type: 'string', default: '200000' },
    batches: { type: 'string', default: '10000' },
    backlog: { type: 'string', default: '1000000' },
    'node-red': { type: 'string' },
    'no-node-red': { type: 'boolean', default: false },
  },
});

function loadOf(kind: Load['kind'], messages: string): Load {
  const messagesPerConnection = Math.ceil(Number(messages) / CONNECTIONS);
  return { kind, connections: CONNECTIONS, messagesPerConnection };
}

async function idle(): Promise<readonly number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stedi-bench-'));
  const running = await bridge('embedded').start(folder, 'single');
  try {
    return await idleLatencies(running.port);
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(nodeRedFolder: string | undefined): Promise<void> {
  execFileSync(process.execPath, [join(ROOT, 'build.mjs')], { stdio: 'inherit' });
  const loads = [loadOf('single', values.messages), loadOf('batch', values.batches)];
  const runs: Measured[] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const load of loads) {
      for (const contender of contenders(nodeRedFolder)) {
        process.stderr.write(`round ${round + 1}, ${load.kind}: ${contender.name}\n`);
        runs.push(await measure(contender, load));
      }
    }
  }
  for (const load of loads) printRuns(runs.filter((run) => run.load === load));
  const latencies = await idle();
  const backlog = await backlogAfterRestart(Number(values.backlog));
  printGates(runs, {
    pubackP50Ms: quantile(latencies, 0.5),
    pubackP99Ms: quantile(latencies, 0.99),
    backlog,
  });
}

const scratch = mkdtempSync(join(tmpdir(), 'stedi-node-red-'));
try {
  const wanted = !values['no-node-red'];
  const given = values['node-red'];
  if (wanted && given === undefined) {
    writeFileSync(join(scratch, 'package.json'), '{"private":true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', 'node-red@4'], {
      cwd: scratch,
      stdio: 'inherit',
    });
  }
  await main(wanted ? (given ?? scratch) : undefined);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
