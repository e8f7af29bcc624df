import { expect, it } from 'vitest';
import { DARK, LIGHT, toCustomProperties } from '../../../presentation/palette.ts';
import { STYLE } from '../../../scenarios/report/style.ts';

it('loads nothing', () => {
  expect(STYLE.markup).not.toMatch(/url\(|@import|@font-face|image-set\(/);
});

it('uses only colours of the palette, so that contrast is checked for all of them', () => {
  const known = new Set(Object.keys(LIGHT));
  const used = [...STYLE.markup.matchAll(/var\(--(\w+)\)/g)].map(([, name]) => name ?? '');
  expect(used.length).toBeGreaterThan(20);
  expect(used.filter((name) => !known.has(name))).toEqual([]);
  const palettes = [LIGHT, DARK].map(toCustomProperties);
  const rest = palettes.reduce((css, palette) => css.replace(palette, ''), STYLE.markup);
  expect(rest).not.toMatch(/#[\da-f]{3,8}\b|rgba?\(|hsla?\(/i);
});

it('is dark on dark screens only: paper is white', () => {
  expect(STYLE.markup).toContain(
    `@media screen and (prefers-color-scheme:dark){:root{${toCustomProperties(DARK)}`,
  );
});

it('closes every block', () => {
  expect(STYLE.markup.split('{')).toHaveLength(STYLE.markup.split('}').length);
});

it('holds nothing that ends the style element', () => {
  expect(STYLE.markup).not.toMatch(/[<&]/);
});
