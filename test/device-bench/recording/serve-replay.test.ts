import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openSerialPort } from '../../../bridge/index.ts';
import { serveReplay } from '../../../device-bench/recording/serve-replay.ts';
import { encodeHostCommand } from '../../../firmware-protocol/index.ts';
import { streamed } from '../../simulator/core/recorded-device.ts';

const PTYS = existsSync('/dev/ptmx');

describe.skipIf(!PTYS)('a recording on a real port', () => {
  test('answers, streams and ends; its port goes when it stops', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stedi-replay-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    let ends = 0;
    const onEnd = (): void => void ends++;
    const recording = streamed(10);
    const ports = join(folder, 'ports');
    const replay = serveReplay({ recording, folder: ports, speed: 2, onEnd });
    onTestFinished(() => replay.stop());
    const channel = await openSerialPort({ path: replay.link, baudRate: 57_600 });
    onTestFinished(() => channel.close());
    let heard = '';
    channel.onData((chunk) => (heard += Buffer.from(chunk).toString('latin1')));
    channel.write(encodeHostCommand('1', { kind: 'start', rateHz: 50 }));
    await vi.waitUntil(() => ends === 1, { timeout: 20_000 });
    await vi.waitUntil(() => heard.includes(recording.lines.at(-1)?.bytes ?? ''), {
      timeout: 20_000,
    });
    expect(heard.match(/\$R/g)).toHaveLength(10);
    expect(() => serveReplay({ recording, folder: ports, speed: 1, onEnd })).toThrow(
      expect.objectContaining({ code: 'FOLDER_IN_USE' }) as Error,
    );
    replay.stop();
    expect(existsSync(ports)).toBe(false);
  });
});
