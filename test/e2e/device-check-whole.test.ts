/** The whole kit of `stedi device check`, which takes its time, on devices that keep the protocol and that do not. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { CheckDocument } from '../../device-bench/index.ts';
import { RULE_IDS } from '../../firmware-protocol/index.ts';
import type { VirtualBoardOptions } from '../../simulator/index.ts';
import type { BoardOnAPort } from '../device-bench/ports/board-on-a-port.ts';
import { rawTrainer } from '../device-bench/faulty-devices/raw-faults.ts';
import { check, expectQuiet, plugIn } from './check-stage.ts';
import type { Checked } from './check-stage.ts';

// A check takes a minute of real time, and may be tried several times.
vi.setConfig({ testTimeout: 480_000 });

const TRIES_MAX = 3;

/** The fault of a board that prints its CRC with "%04x". */
const writesSmallDigits: NonNullable<VirtualBoardOptions['rework']> = ({ encode }) => ({
  encode: (line) => encode(line).replace(/\*[\dA-F]{4}\r\n$/, (crc) => crc.toLowerCase()),
});

interface CheckedBoard extends Checked {
  readonly board: BoardOnAPort;
  readonly document: CheckDocument & { readonly artifacts: readonly string[] };
}

/**
 * Checks a healthy board, which lives in this process, by the clock of this machine. Where nothing but time tells them
 * apart from its twin, a machine that was busy may be what was late: then it is checked again. A board that is late
 * by itself is so each time.
 */
async function checkHealthy(): Promise<CheckedBoard> {
  for (let tries = 1; ; tries++) {
    const board = plugIn();
    const checked = await check([board.path, '--json', '--report', 'junit,html']);
    const document = JSON.parse(checked.stdout) as CheckedBoard['document'];
    const failed = document.rules.filter(({ verdict }) => verdict === 'failed');
    const isOnlyLate =
      failed.length > 0 && failed.every(({ departure }) => departure?.times !== undefined);
    if (!isOnlyLate || tries === TRIES_MAX) return { ...checked, board, document };
  }
}

describe.skipIf(!existsSync('/dev/ptmx')).concurrent('device check, whole', () => {
  test('demands the level that it was asked for, and is content with the one that is claimed', async () => {
    const rework = rawTrainer((record) => JSON.stringify(record));
    const [claimed, demanded] = await Promise.all([
      check([plugIn({ rework }).path]),
      check([plugIn({ rework }).path, '--level', 'l1', '--report', 'junit']),
    ]);
    expect(claimed.stdout).toMatch(/L0 reached: the device claims no more/);
    expect(claimed.code).toBe(0);
    expect(demanded.stdout).toMatch(/Level L1 was asked for and L0 reached: the device sends/);
    expect(demanded.code).toBe(1);
  });

  test('tells a broken rule with the bytes, the times, the twin and a hint', async () => {
    const faulty = plugIn({ rework: writesSmallDigits });
    const { code, stdout, transcript } = await check([faulty.path, '--level', 'L1']);
    expect(code).toBe(1);
    expect(stdout).toContain('FAILED STL-FRAME-004');
    expect(stdout).toMatch(/\n {2}> +0 ms received .*\*[\da-f]{4}\\r\\n\n/);
    // A heartbeat comes when it comes: the twin may have had none in this place.
    expect(stdout).toMatch(/\n {4}twin +(\(nothing\)|.*\*[\dA-F]{4}\\r\\n)\n/);
    expect(stdout).toMatch(/Hint: Use "%04X"/);
    expect(transcript).toMatch(/ <\s+=ID,\w+,1,STEDI,ST-1,/);
    expectQuiet(faulty);
  });

  test('passes a healthy device at level 3, with all its reports, and leaves it quiet', async () => {
    const { board: healthy, code, document, out, transcript } = await checkHealthy();
    expect(document.rules.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    expect(document).toMatchObject({
      verdict: 'passed',
      level: 'L3',
      device: { serial: healthy.serial, model: 'ST-1' },
      stopped: null,
      port: healthy.path,
    });
    expect(code).toBe(0);
    expect(document.rules.map(({ id }) => id)).toEqual(RULE_IDS);
    expectQuiet(healthy);
    expect(transcript).toContain('-- farewell');
    expect(document.artifacts).toHaveLength(3);
    expect(await readFile(join(out, 'junit.xml'), 'utf8')).toContain('failures="0"');
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('keeps STL/1 at level L3');
  });
});
