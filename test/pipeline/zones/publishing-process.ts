/**
 * A process that publishes once, to be killed: `publishing-process.ts <place as JSON> <text> [<call>]`. With the number of a
 * call it kills itself right before that call of the file system (1 is the first one after the workspace is open), so that
 * everything before it has happened and nothing after it. It prints the calls, one a line.
 */
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { Place } from '../../../pipeline/storage/place.ts';

const [, , placeText = '', text = '', callText] = process.argv;
const killAt = callText === undefined ? Infinity : Number(callText);
const calls: string[] = [];
let isCounting = false;

/** The calls that change something, or make it durable. */
const COUNTED = ['link', 'rename', 'rm', 'rmdir', 'open', 'copyFile', 'writeFile'] as const;

function note(call: string): void {
  if (!isCounting) return;
  calls.push(call);
  if (calls.length !== killAt) return;
  fs.writeSync(1, calls.join('\n'));
  process.kill(process.pid, 'SIGKILL');
}

function countCalls(): void {
  const functions = fs.promises as unknown as Record<string, (...values: unknown[]) => unknown>;
  for (const name of COUNTED) {
    const original = functions[name];
    functions[name] = async (...values) => {
      const paths = values.filter((value) => typeof value === 'string');
      note(`${name} ${paths.join(' ')}`);
      const result = await original?.apply(fs.promises, values);
      if (name === 'open') countSyncs(result as FileHandle, String(values[0]));
      return result;
    };
  }
  syncBuiltinESMExports();
}

function countSyncs(file: FileHandle, path: string): void {
  const sync = file.sync.bind(file);
  file.sync = () => {
    note(`sync ${path}`);
    return sync();
  };
}

async function main(): Promise<void> {
  countCalls();
  const { Workspace } = await import('../../../pipeline/zones/workspace.ts');
  const { fill, rowsOf } = await import('./publication.ts');
  const place = JSON.parse(placeText) as Place;
  const workspace = await Workspace.open(place, { patience: { attempts: 1 } });
  await fill(workspace, text);
  fs.mkdirSync(`${workspace.quarantineFolder}/customer_landing`, { recursive: true });
  fs.writeFileSync(`${workspace.quarantineFolder}/customer_landing/quarantine.ndjson`, text);
  isCounting = true;
  const landing = { state: { text }, files: [] };
  await workspace.publish({ policy: 'strict', tables: rowsOf(1), landing });
  isCounting = false;
  await workspace.dispose();
  process.stdout.write(`${calls.join('\n')}\n`);
}

await main();
