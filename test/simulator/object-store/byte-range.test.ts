import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRange } from '../../../simulator/object-store/byte-range.ts';

const WHOLE = { kind: 'whole' };
const UNSATISFIABLE = { kind: 'unsatisfiable' };
const part = (start: number, end: number): object => ({ kind: 'part', start, end });

describe('byte ranges of an object of ten bytes', () => {
  it.each([
    [undefined, WHOLE],
    ['bytes=0-0', part(0, 0)],
    ['bytes=0-9', part(0, 9)],
    ['bytes=9-9', part(9, 9)],
    ['bytes=3-', part(3, 9)],
    ['bytes=3-1000000000000000000000', part(3, 9)],
    ['bytes=-1', part(9, 9)],
    ['bytes=-10', part(0, 9)],
    ['bytes=-11', part(0, 9)],
    ['bytes=10-', UNSATISFIABLE],
    ['bytes=10-20', UNSATISFIABLE],
    ['bytes=-0', UNSATISFIABLE],
    ['bytes=5-4', WHOLE],
    ['bytes=-', WHOLE],
    ['bytes=', WHOLE],
    ['bytes=0-1,3-4', WHOLE],
    ['bytes=a-b', WHOLE],
    ['bytes=0x0-0x1', WHOLE],
    ['items=0-1', WHOLE],
    ['bytes=--1', WHOLE],
  ])('%s', (header, expected) => {
    expect(readRange(header, 10)).toEqual(expected);
  });
});

describe('byte ranges', () => {
  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('an empty object has no %s', (header) => {
    expect(readRange(header, 0)).toEqual(UNSATISFIABLE);
  });

  it('never give bytes outside of the object', () => {
    const sizes = fc.nat({ max: 50 });
    const bounds = fc.option(fc.nat({ max: 60 }), { nil: '' });
    fc.assert(
      fc.property(sizes, bounds, bounds, (size, first, last) => {
        const range = readRange(`bytes=${first}-${last}`, size);
        fc.pre(range.kind === 'part');
        expect(range).toMatchObject({ kind: 'part' });
        const { start, end } = range as { start: number; end: number };
        expect(0 <= start && start <= end && end < size).toBe(true);
      }),
    );
  });
});
