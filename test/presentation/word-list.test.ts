import { expect, it } from 'vitest';
import { renderWordList } from '../../presentation/index.ts';

it('gives each word its meaning, in order and harmless', () => {
  const { markup: text } = renderWordList([
    ['CR', '\\r'],
    ['<b>', 'bold'],
  ]);
  expect(text.match(/<dt>.*?<\/dt>/g)).toEqual(['<dt>CR</dt>', '<dt>&lt;b&gt;</dt>']);
  expect(text.match(/<dd>.*?<\/dd>/g)).toEqual(['<dd>\\r</dd>', '<dd>bold</dd>']);
});
