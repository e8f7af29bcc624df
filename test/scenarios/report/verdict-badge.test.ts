import { expect, it } from 'vitest';
import { renderVerdict } from '../../../scenarios/report/verdict-badge.ts';
import { findOne, parsePage, textOf } from '../../presentation/parsed-page.ts';

it.each([
  ['pass', '✓ passed'],
  ['fail', '✗ failed'],
] as const)(
  'tells %s by a sign and a word, and hides the sign from screen readers',
  (verdict, text) => {
    const badge = findOne(parsePage(renderVerdict(verdict)), 'span', 'verdict');
    expect(textOf(badge)).toBe(text);
    const [sign] = badge.children.filter((child) => typeof child !== 'string');
    expect(sign?.attributes).toEqual({ 'aria-hidden': 'true' });
  },
);
