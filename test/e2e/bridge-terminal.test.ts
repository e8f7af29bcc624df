/** What somebody sees who starts the bridge on a terminal. */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openVirtualPort } from '../../simulator/index.ts';
import { startStedi, temporaryFolder } from './stedi.ts';

// Processes take their time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000, interval: 20 };

const WIPE = '\r\u001B[K';

test('notices stand above a line that moves, and the line goes in the end', async () => {
  const folder = await temporaryFolder();
  const port = openVirtualPort();
  const terminal = openSync(port.path, 'r+');
  let shown = '';
  port.onData((chunk) => (shown += Buffer.from(chunk).toString('utf8')));
  onTestFinished(() => {
    closeSync(terminal);
    port.close();
  });
  const place = ['--out', join(folder, 'landing'), '--spool', join(folder, 'spool')];
  const { process: bridge, ended } = startStedi(['bridge', '--listen', '0', ...place], {
    terminal,
    env: { TERM: 'xterm-256color' },
  });
  const moved = `${WIPE}0 msg/s | 0 readings/s | lag 0 | oldest 0 s`;
  await vi.waitUntil(() => shown.includes(moved), PATIENCE);
  bridge.kill('SIGINT');
  expect((await ended).code).toBe(0);
  await vi.waitUntil(() => shown.includes('Landed 0 readings'), PATIENCE);
  // Whatever comes after the line has wiped it first: nothing stands in one row with it.
  const rows = shown.split(WIPE).flatMap((piece) => piece.split(/\r?\n/));
  const texts = rows.map((row) => stripVTControlCharacters(row));
  const lines = texts.filter((text) => text.includes('msg/s'));
  for (const line of lines) expect(line).toMatch(/^0 msg\/s \| .{0,69}$/);
  const notices = texts.filter((text) => text !== '' && !text.includes('msg/s'));
  expect(notices).toEqual([
    expect.stringMatching(
      /^Bridge bridge-\w+ lands phones at mqtt:\/\/127\.0\.0\.1:\d+ in the folder /,
    ),
    expect.stringMatching(/^Stopping: /),
    'Landed 0 readings, quarantined 0 lines.',
  ]);
  expect(texts.findLastIndex((text) => text.includes('msg/s'))).toBeLessThan(
    texts.findLastIndex((text) => text.startsWith('Landed')),
  );
});
