/** What people see: the command on a real terminal, and without one. */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, test, vi } from 'vitest';
import { openVirtualPort } from '../../simulator/index.ts';
import { runStedi, temporaryFolder } from './stedi.ts';

// Each command is a process of its own, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const TITLE = 'Phones send one message in four twice';
const RUN = ['run', 'phone-sends-twice', '--seeds', '1..2', '--out'];

/** Runs a command on a terminal of its own, and gives everything that was written there. */
async function runOnTerminal(
  args: readonly string[],
): Promise<{ code: number | null; shown: string }> {
  const port = openVirtualPort();
  const terminal = openSync(port.path, 'r+');
  let shown = '';
  port.onData((chunk) => (shown += Buffer.from(chunk).toString('utf8')));
  try {
    const { code } = await runStedi(args, { terminal, env: { TERM: 'xterm-256color' } });
    // What was written last may still be on its way through the terminal.
    await vi.waitUntil(() => shown.includes('Report: '), { timeout: 10_000 });
    return { code, shown };
  } finally {
    closeSync(terminal);
    port.close();
  }
}

test('on a terminal, one line moves while scenarios run, and goes before the table comes', async () => {
  const out = join(await temporaryFolder(), 'out');
  const { code, shown } = await runOnTerminal([...RUN, out]);
  expect(code).toBe(0);
  const text = stripVTControlCharacters(shown);
  // With one of them done, the time left is known if the runs are not too quick for it.
  expect(text).toMatch(/1\/2 (\d+ s left · )?seed \d · Phones send/);
  expect(text).toMatch(/2\/2 seed \d · Phones send/);
  expect(text).toMatch(/zones/);
  expect(text).not.toContain('[1/2] pass');
  // Before the first run begins there is nothing to tell.
  expect(text).not.toMatch(/0\/2 +·/);
  const [HIDE, SHOW] = ['\u001B[?25l', '\u001B[?25h'];
  expect(shown.indexOf(HIDE)).toBeLessThan(shown.indexOf(SHOW));
  expect(shown.indexOf(SHOW)).toBeLessThan(shown.indexOf('Verdict'));
  expect(text).toMatch(/Scenario +Mode +Pipeline +Seed +Readings +Verdict/);
});

test('in a log, there is a plain line for each scenario, and nothing moves', async () => {
  const out = join(await temporaryFolder(), 'out');
  const { code, stdout, stderr } = await runStedi([...RUN, out]);
  expect(code).toBe(0);
  // Two processes do them: either may be the first to end.
  const lines = stderr.split('\n').slice(0, 2);
  expect(lines.map((line) => line.slice(0, '[1/2]'.length))).toEqual(['[1/2]', '[2/2]']);
  expect(lines.map((line) => line.slice('[1/2]'.length)).toSorted()).toEqual([
    ` pass  seed 1 · ${TITLE}`,
    ` pass  seed 2 · ${TITLE}`,
  ]);
  expect(stdout + stderr).toBe(stripVTControlCharacters(stdout + stderr));
  expect(stdout).toMatch(/^Scenario +Mode +Pipeline +Seed +Readings +Verdict\n/);
  expect(stdout).toContain('passed');
});
