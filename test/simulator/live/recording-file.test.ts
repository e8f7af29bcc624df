import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkRecordingPlace,
  createRecording,
  readRecordingFile,
} from '../../../simulator/live/recording-file.ts';
import { streamed } from '../core/recorded-device.ts';

const { header, lines } = streamed(3);
let folder: string;
const place = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stedi-recording-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a recording on the disk', () => {
  it('is in its place when it is finished, and not before', async () => {
    const path = place('a.stlrec');
    const file = createRecording(path, header);
    for (const line of lines) file.write(line);
    expect(existsSync(path)).toBe(false);
    expect(file.bytes).toBe(readFileSync(`${path}.part`).length);
    file.finish(1_000);
    expect(await readRecordingFile(path)).toEqual({
      header,
      lines,
      durationMs: 1_000,
      complete: true,
    });
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('is gone when it is discarded', () => {
    const path = place('b.stlrec');
    createRecording(path, header).discard();
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('is read as far as a crash let it go', async () => {
    const path = place('c.stlrec');
    const file = createRecording(path, header);
    for (const line of lines) file.write(line);
    const part = `${path}.part`;
    writeFileSync(part, readFileSync(part, 'latin1').slice(0, -5), 'latin1');
    expect(await readRecordingFile(part)).toMatchObject({
      lines: lines.slice(0, -1),
      complete: false,
    });
    file.discard();
  });

  it('replaces one that was there', async () => {
    const path = place('d.stlrec');
    createRecording(path, header).finish(1);
    checkRecordingPlace(path);
    createRecording(path, header).finish(2);
    expect((await readRecordingFile(path)).durationMs).toBe(2);
  });

  it.each(['letter.txt', 'no/such/folder/x.stlrec', '.'])('cannot be put at %s', (name) => {
    if (name === 'letter.txt') writeFileSync(place(name), 'Dear Sir');
    const error = expect.objectContaining({ code: 'RECORDING_UNWRITABLE' }) as Error;
    expect(() => createRecording(place(name), header)).toThrow(error);
    expect(() => checkRecordingPlace(place(name))).toThrow(error);
  });

  it('leaves nothing behind when a place is only looked at', () => {
    checkRecordingPlace(place('e.stlrec'));
    expect(existsSync(place('e.stlrec.part'))).toBe(false);
  });

  it('tells what is wrong with a file, and where', async () => {
    const path = place('wrong.stlrec');
    createRecording(path, header).finish(5);
    writeFileSync(path, `${readFileSync(path, 'utf8').split('\n')[0]}\n{"ms":"x"}\n`);
    await expect(readRecordingFile(path)).rejects.toMatchObject({
      code: 'RECORDING_INVALID',
      message: expect.stringContaining(`${path}:2: "ms" must be`) as string,
    });
    await expect(readRecordingFile(place('none'))).rejects.toMatchObject({
      code: 'RECORDING_NOT_FOUND',
    });
  });
});
