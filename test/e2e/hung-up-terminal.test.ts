/** A terminal that is closed takes nothing down with it: long commands clean up and end as they should. */
import { closeSync, existsSync, openSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { openVirtualPort } from '../../simulator/index.ts';
import { startStedi, temporaryFolder } from './stedi.ts';
import type { Outcome } from './stedi.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000, interval: 20 };

/** Runs a command on a terminal of its own, and closes that when the command has shown a text. */
async function closeTerminalOf(
  args: readonly string[],
  shown: string,
): Promise<Outcome & { readonly left: readonly string[] }> {
  const cwd = await temporaryFolder();
  const port = openVirtualPort();
  const terminal = openSync(port.path, 'r+');
  let text = '';
  port.onData((chunk) => (text += Buffer.from(chunk).toString('utf8')));
  let running: ReturnType<typeof startStedi>;
  try {
    running = startStedi(args, { cwd, terminal, isTyped: true, env: { TERM: 'xterm-256color' } });
    await vi.waitUntil(() => text.includes(shown), PATIENCE);
  } finally {
    closeSync(terminal);
    // Without its other end, the command's terminal has hung up.
    port.close();
  }
  running.process.kill('SIGHUP');
  const outcome = await running.ended;
  return { ...outcome, left: await readdir(cwd) };
}

describe.skipIf(!existsSync('/dev/ptmx'))('a closed terminal', () => {
  test('stops a simulation, which leaves nothing behind', async () => {
    const outcome = await closeTerminalOf(['simulate'], 'Ctrl-C to stop');
    expect(outcome).toMatchObject({ code: 0, signal: null, left: [] });
  });

  test('stops a bridge, which keeps its spool', async () => {
    const args = ['bridge', '--listen', '0', '--out', 'landing'];
    const outcome = await closeTerminalOf(args, ' lands phones at ');
    expect(outcome).toMatchObject({ code: 0, signal: null });
    expect(outcome.left).toContain('stedi-spool');
  });
});
