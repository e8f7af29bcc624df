import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../device-bench/line-splitter.ts';

describe('what a device sends', () => {
  it('is cut at line feeds, wherever chunks end', () => {
    const lines = new LineSplitter(100);
    const push = (text: string, ms: number): unknown => lines.push(Buffer.from(text, 'latin1'), ms);
    expect(push('one', 1)).toEqual([]);
    expect(push('\r\n\ntw', 2)).toEqual([
      { bytes: 'one\r\n', firstMs: 1, ms: 2 },
      { bytes: '\n', firstMs: 2, ms: 2 },
    ]);
    expect(push('\u00ff', 3)).toEqual([]);
    expect(lines.end()).toEqual({ bytes: 'tw\u00ff', firstMs: 2, ms: 3 });
    expect(lines.end()).toBeUndefined();
  });

  it('is held for no more than the bytes that were allowed', () => {
    const lines = new LineSplitter(4);
    const pieces = lines.push(Buffer.from('abcdefghij'), 5).map(({ bytes }) => bytes);
    expect(pieces).toEqual(['abcd', 'efgh']);
    expect(lines.end()?.bytes).toBe('ij');
  });
});
