import { describe, expect, it } from 'vitest';
import { DARK, LIGHT, toCustomProperties } from '../../presentation/palette.ts';
import type { Palette } from '../../presentation/palette.ts';

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

type Pair = readonly [front: keyof Palette, back: keyof Palette];
const TEXTS: readonly Pair[] = [
  ['ink', 'paper'],
  ['ink', 'panel'],
  ['ink', 'tint'],
  ['quiet', 'paper'],
  ['right', 'paper'],
  ['wrong', 'paper'],
  ['wrong', 'tint'],
  ['paper', 'wrong'],
];
const SHAPES: readonly Pair[] = [
  ['neutral', 'paper'],
  ['right', 'paper'],
  ['wrong', 'tint'],
];

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s palette', (_name, palette) => {
  it.each(TEXTS)('lets text in %s be read on %s', (front, back) => {
    expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(SHAPES)('lets shapes in %s be seen on %s', (front, back) => {
    expect(contrast(palette[front], palette[back])).toBeGreaterThanOrEqual(3);
  });
});

it('measures contrast as the guideline does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

it('becomes custom properties', () => {
  expect(toCustomProperties(LIGHT)).toContain(`--paper:${LIGHT.paper};`);
});
