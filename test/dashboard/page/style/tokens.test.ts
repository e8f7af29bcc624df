import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const TOKENS = readFileSync(
  new URL('../../../../dashboard/page/style/tokens.css', import.meta.url),
  'utf8',
);

/** Colours by name, in light or dark. */
function palette(index: 1 | 2): ReadonlyMap<string, string> {
  const pattern = /--([a-z]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g;
  return new Map(
    [...TOKENS.matchAll(pattern)].map((match) => [match[1] ?? '', match[index + 1] ?? '']),
  );
}

/** Relative luminance of #rrggbb (WCAG 2.2, relative luminance). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS = [
  ['ink', 'paper'],
  ['ink', 'panel'],
  ['ink', 'raised'],
  ['ink', 'tint'],
  ['ink', 'calm'],
  ['quiet', 'paper'],
  ['quiet', 'panel'],
  ['quiet', 'raised'],
  ['quiet', 'tint'],
  ['quiet', 'calm'],
  ['right', 'panel'],
  ['right', 'raised'],
  ['right', 'calm'],
  ['wrong', 'panel'],
  ['wrong', 'raised'],
  ['wrong', 'tint'],
  ['wrong', 'calm'],
  ['panel', 'ink'],
  ['panel', 'right'],
  ['panel', 'wrong'],
] as const;

const SHAPES = [
  ['neutral', 'panel'],
  ['neutral', 'paper'],
  ['neutral', 'calm'],
  ['x', 'panel'],
  ['y', 'panel'],
  ['z', 'panel'],
  ['distance', 'panel'],
] as const;

describe.each([
  ['light', palette(1)],
  ['dark', palette(2)],
])('in %s', (_name, colours) => {
  const measured = (front: string, back: string): number =>
    contrast(colours.get(front) ?? '', colours.get(back) ?? '');

  it.each(TEXTS)('text in %s can be read on %s', (front, back) => {
    expect(measured(front, back)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)('shapes in %s can be seen on %s', (front, back) => {
    expect(measured(front, back)).toBeGreaterThanOrEqual(3);
  });
});
