/** A second bridge on a spool: opens and closes it when told so on standard input, and says what came of it. */
import { createInterface } from 'node:readline';
import { SystemTimers } from '../../bridge/adapters/system-timers.ts';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { openSpool } from '../../bridge/spool/open-spool.ts';
import type { Spool } from '../../bridge/spool/spool.ts';

const folder = process.argv[2] as string;
let spool: Spool | undefined;

async function open(): Promise<string> {
  try {
    spool = await openSpool({ folder, timers: new SystemTimers(), onNotice: () => {} });
    return 'opened';
  } catch (error) {
    return error instanceof BridgeError ? `${error.code} ${error.message}` : String(error);
  }
}

async function append(line: string): Promise<string> {
  await new Promise<void>((resolve) => {
    spool?.append('step_trainer_landing', Buffer.from(`${line}\n`), 1, resolve);
  });
  return 'durable';
}

async function answerTo(command: string): Promise<string> {
  if (command === 'open') return open();
  // In KiB.
  if (command === 'memory') return String(process.resourceUsage().maxRSS * 1024);
  return append(command);
}

for await (const command of createInterface({ input: process.stdin })) {
  const answer = await answerTo(command);
  process.stdout.write(`${answer}\n`);
}
