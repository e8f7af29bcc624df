import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordDevice } from '../../../device-bench/recording/record-device.ts';
import type { RecordOptions, RecordResult } from '../../../device-bench/recording/record-device.ts';
import { decodeDeviceLine } from '../../../firmware-protocol/index.ts';
import { readRecordingFile } from '../../../simulator/live/recording-file.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { VirtualBoard } from '../../../simulator/virtual/virtual-board.ts';
import { VirtualTime } from '../../../simulator/virtual/virtual-time.ts';

const NOW_MS = 1_655_564_444_103;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stedi-record-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Stage {
  readonly path: string;
  readonly time: VirtualTime;
  readonly board: VirtualBoard;
  readonly recording: Promise<RecordResult>;
  readonly abort: AbortController;
}

function record(name: string, options: Partial<RecordOptions> = {}): Stage {
  const path = join(folder, name);
  const time = new VirtualTime(NOW_MS);
  const board = new VirtualBoard({ timers: time, streams: seededStreams(1) });
  const abort = new AbortController();
  const recording = recordDevice(board, {
    path,
    baud: 57_600,
    passive: false,
    signal: abort.signal,
    ...options,
  });
  return { path, time, board, recording, abort };
}

const run = ({ time }: Stage, ms: number): void =>
  void time.run(time.now() + ms, Number.POSITIVE_INFINITY);

describe('recording a device', () => {
  it('identifies, starts and stops it, and keeps both directions', async () => {
    const stage = record('whole.stlrec', { durationMs: 5_000 });
    run(stage, 6_000);
    const result = await stage.recording;
    const recording = await readRecordingFile(stage.path);
    expect(result).toMatchObject({ reason: 'duration', rejected: 0, ms: 5_500 });
    expect(recording).toMatchObject({ complete: true, durationMs: 5_500 });
    expect(recording.header).toEqual({
      baud: 57_600,
      serial: stage.board.serialNumber,
      model: 'ST-1',
      firmware: '1.0.0',
    });
    expect(recording.lines).toHaveLength(result.lines);
    const readings = recording.lines.filter(({ bytes }) => bytes.startsWith('$R'));
    expect(readings).toHaveLength(result.readings);
    expect(readings.length).toBeGreaterThan(150);
    const commands = recording.lines.filter(({ from }) => from === 'host');
    expect(commands.map(({ bytes }) => bytes.split(/[ *]/)[1])).toEqual(
      expect.arrayContaining(['ID?', 'CAPS?', 'SYNC', 'START']),
    );
    expect(commands.at(-1)?.bytes).toContain(' STOP*');
    const last = recording.lines.findLast(({ from }) => from === 'device');
    expect(decodeDeviceLine(last?.bytes.trimEnd() ?? '').kind).toBe('stopped');
  });

  it('holds nothing that tells when it was made', async () => {
    const stage = record('secret.stlrec', { durationMs: 3_000 });
    run(stage, 4_000);
    await stage.recording;
    const text = readFileSync(stage.path, 'utf8');
    expect(text).toContain('SYNC');
    expect(text).not.toContain('1655');
    expect(text).not.toMatch(/\d{11}(?!\d*")/);
    const again = record('secret-2.stlrec', { durationMs: 3_000 });
    run(again, 4_000);
    await again.recording;
    expect(readFileSync(again.path, 'utf8')).toBe(text);
  });

  it('only listens when it is told to', async () => {
    const stage = record('passive.stlrec', { durationMs: 20_000, passive: true });
    run(stage, 21_000);
    await stage.recording;
    const { header, lines, durationMs } = await readRecordingFile(stage.path);
    expect(header.serial).toBeUndefined();
    expect(durationMs).toBe(20_000);
    expect(new Set(lines.map(({ bytes }) => bytes.slice(0, 3)))).toEqual(new Set(['!BO', '!HB']));
  });

  it('is good as far as it goes while it is made, under another name', async () => {
    const stage = record('part.stlrec', { durationMs: 10_000 });
    run(stage, 5_000);
    expect(existsSync(stage.path)).toBe(false);
    const part = await readRecordingFile(`${stage.path}.part`);
    expect(part.complete).toBe(false);
    expect(part.lines.length).toBeGreaterThan(100);
    run(stage, 6_000);
    await stage.recording;
    expect(existsSync(`${stage.path}.part`)).toBe(false);
  });

  it('ends whole when the device goes away, and when it is stopped', async () => {
    const gone = record('gone.stlrec');
    run(gone, 3_000);
    gone.board.unplug();
    run(gone, 100);
    await expect(gone.recording).resolves.toMatchObject({ reason: 'device-gone' });
    expect((await readRecordingFile(gone.path)).complete).toBe(true);
    const stopped = record('stopped.stlrec');
    run(stopped, 3_000);
    stopped.abort.abort();
    run(stopped, 1_000);
    await expect(stopped.recording).resolves.toMatchObject({ reason: 'stopped' });
    expect((await readRecordingFile(stopped.path)).lines.at(-1)?.bytes).toContain('=OK,');
  });

  it('tells what it has so far', async () => {
    const seen: number[] = [];
    const stage = record('progress.stlrec', {
      durationMs: 3_000,
      onProgress: ({ readings }) => seen.push(readings),
    });
    run(stage, 4_000);
    await stage.recording;
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.at(-1)).toBeGreaterThan(40);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it('replaces a recording, and nothing else', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'not a recording');
    const stage = record('mine.txt', { durationMs: 2_000 });
    run(stage, 3_000);
    await expect(stage.recording).rejects.toMatchObject({ code: 'RECORDING_UNWRITABLE' });
    expect(readFileSync(stage.path, 'utf8')).toBe('not a recording');
  });

  it('stops the device when nothing can be written', async () => {
    const stage = record('no/such/folder.stlrec');
    run(stage, 3_000);
    await expect(stage.recording).rejects.toMatchObject({ code: 'RECORDING_UNWRITABLE' });
    let heard = 0;
    stage.board.onData((chunk) => (heard += chunk.length));
    run(stage, 3_000);
    expect(heard).toBeLessThan(100);
  });
});
