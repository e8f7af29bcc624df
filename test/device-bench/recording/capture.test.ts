import { describe, expect, it } from 'vitest';
import { Capture } from '../../../device-bench/recording/capture.ts';
import { encodeHostCommand } from '../../../firmware-protocol/index.ts';
import type { RecordedLine } from '../../../simulator/core/recording.ts';

function capture(play: (to: Capture) => void): RecordedLine[] {
  const lines: RecordedLine[] = [];
  play(new Capture((line) => lines.push(line)));
  return lines;
}

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('what is captured of a line', () => {
  it('is cut at line feeds, with the times of its first and last byte', () => {
    const lines = capture((to) => {
      to.receive(bytes('!BOOT,7F3A,'), 10);
      to.receive(bytes('PWR*ABB7\r\n\n=ERR,,1*34'), 12);
      to.send('ID?\r\n', 13);
      to.receive(bytes('E4\n'), 14);
    });
    expect(lines).toEqual([
      { from: 'device', firstMs: 10, ms: 12, bytes: '!BOOT,7F3A,PWR*ABB7\r\n' },
      { from: 'device', firstMs: 12, ms: 12, bytes: '\n' },
      { from: 'host', firstMs: 13, ms: 13, bytes: 'ID?\r\n' },
      { from: 'device', firstMs: 12, ms: 14, bytes: '=ERR,,1*34E4\n' },
    ]);
  });

  it('keeps the half line at its end', () => {
    const lines = capture((to) => {
      to.receive(bytes('$R,7F3A'), 1);
      to.send('STOP\r\n', 2);
      to.end();
      to.end();
    });
    expect(lines).toEqual([
      { from: 'host', firstMs: 2, ms: 2, bytes: 'STOP\r\n' },
      { from: 'device', firstMs: 1, ms: 2, bytes: '$R,7F3A' },
    ]);
  });

  it('is cut into pieces where no line ends', () => {
    const lines = capture((to) => {
      for (let ms = 0; ms < 100; ms++) to.receive(bytes('\u00ff'.repeat(100)), ms);
      to.end();
    });
    expect(lines.map((line) => line.bytes.length)).toEqual([...Array(9).fill(1024), 784]);
  });

  it('tells no time of day', () => {
    const lines = capture((to) => {
      to.send(encodeHostCommand('3', { kind: 'sync', hostMs: 1_655_564_444_103 }), 40.2);
    });
    expect(lines[0]?.bytes).toBe(encodeHostCommand('3', { kind: 'sync', hostMs: 40 }));
  });
});
