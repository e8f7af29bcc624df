import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html } from '../../presentation/html.ts';
import { findOne, parsePage, rawText, textOf } from './parsed-page.ts';

describe('html', () => {
  it('escapes text and keeps markup that it made itself', () => {
    const inner = html`<b>${'<i>'}</b>`;
    expect(html`<p>${inner}${'&'}</p>`.markup).toBe('<p><b>&lt;i&gt;</b>&amp;</p>');
  });

  it('writes lists one after the other, numbers as digits, and nothing for undefined', () => {
    expect(html`${[html`<i />`, 'a', [1, undefined, 'b']]}`.markup).toBe('<i />a1b');
  });

  it('does not take an object that looks like markup for markup', () => {
    const fake = { markup: '<script>' } as unknown as string;
    expect(() => html`${fake}`.markup).toThrow(TypeError);
  });

  it('gives every text back from element content and from attributes', () => {
    const text = fc
      .string({ unit: 'binary' })
      .filter((value) => !/\p{Cc}|[\uFFFE\uFFFF]/u.test(value));
    fc.assert(
      fc.property(text, (value) => {
        const page = parsePage(html`<p title="${value}">x${value}x</p>`);
        expect(findOne(page, 'p').attributes['title']).toBe(value);
        expect(rawText(findOne(page, 'p'))).toBe(`x${value}x`);
      }),
    );
  });
});

describe('escapeHtml', () => {
  it('shows control characters as replacement characters, but keeps tabs and line ends', () => {
    expect(escapeHtml('a\u0000\u001B[31m\tb\nc')).toBe('a\u{FFFD}\u{FFFD}[31m\tb\nc');
  });

  it('closes neither an attribute, whatever quotes it, nor an element', () => {
    const text = `"' onload="x" </p>&amp;`;
    const escaped = escapeHtml(text);
    const page = parsePage(`<p id="${escaped}" title='${escaped}'>${escaped}</p>`);
    expect(findOne(page, 'p').attributes).toEqual({ id: text, title: text });
    expect(textOf(page)).toBe(text);
  });
});
