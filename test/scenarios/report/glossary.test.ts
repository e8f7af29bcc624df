import { expect, it } from 'vitest';
import { renderGlossary } from '../../../scenarios/report/glossary.ts';
import { findAll, findOne, parsePage, textOf } from '../../presentation/parsed-page.ts';

it('explains in the footer each word that a newcomer cannot guess', () => {
  const footer = findOne(parsePage(renderGlossary()), 'footer');
  const words = findAll(footer, 'dt').map(textOf).join();
  for (const word of ['margin', 'Chances', 'classic', 'strict', 'sim', 'live']) {
    expect(words).toContain(word);
  }
  expect(findAll(footer, 'dd').filter((meaning) => textOf(meaning).length < 20)).toEqual([]);
});
