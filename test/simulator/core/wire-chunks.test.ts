import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkBuffer } from '../../../simulator/core/wire-chunks.ts';
import { SentLine } from '../../../simulator/core/wire-receiver.ts';
import type { WireRun } from '../../../simulator/core/wire-receiver.ts';

const runOf = (text: string): WireRun => ({ text, line: new SentLine(text, () => undefined) });
const textOf = (chunk: readonly WireRun[]): string => chunk.map(({ text }) => text).join('');
const burst = (): ChunkBuffer => new ChunkBuffer({ holdMs: 16, nextBytes: () => 64 });

describe('ChunkBuffer', () => {
  it('holds bytes until a chunk is full, and lets them go in whole chunks', () => {
    const buffer = burst();
    expect(buffer.push(runOf('a'.repeat(40)), 100)).toEqual([]);
    expect(buffer.dueMs).toBe(116);
    expect(buffer.push(runOf('b'.repeat(100)), 110).map(textOf)).toEqual([
      'a'.repeat(40) + 'b'.repeat(24),
      'b'.repeat(64),
    ]);
    // The twelve bytes that are left wait from now on.
    expect(buffer.dueMs).toBe(126);
    expect(textOf(buffer.flush())).toBe('b'.repeat(12));
    expect(buffer.dueMs).toBeUndefined();
    expect(buffer.flush()).toEqual([]);
  });

  it('waits for nothing when a chunk is just full', () => {
    const buffer = burst();
    expect(buffer.push(runOf('a'.repeat(64)), 100)).toHaveLength(1);
    expect(buffer.dueMs).toBeUndefined();
  });

  it('does not wait longer because more comes', () => {
    const buffer = burst();
    buffer.push(runOf('a'), 100);
    buffer.push(runOf('b'), 110);
    expect(buffer.dueMs).toBe(116);
    expect(textOf(buffer.flush())).toBe('ab');
  });

  it('keeps the order of bytes, and each with its line, whatever the sizes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(sizes, sizes, (lines, chunks) => {
        let next = 0;
        const nextBytes = (): number => chunks[next++ % chunks.length] as number;
        const buffer = new ChunkBuffer({ holdMs: 40, nextBytes });
        const runs = lines.map((length, index) => runOf(String(index % 10).repeat(length)));
        const out = runs.flatMap((run) => buffer.push(run, 0)).flat();
        out.push(...buffer.flush());
        expect(textOf(out)).toBe(textOf(runs));
        for (const { text, line } of out) expect(line.content).toContain(text);
        for (const run of runs) {
          expect(textOf(out.filter(({ line }) => line === run.line))).toBe(run.text);
        }
      }),
    );
  });
});
