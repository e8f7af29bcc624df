import { expect, it } from 'vitest';
import { Html, html } from '../../presentation/html.ts';
import { renderPage } from '../../presentation/page.ts';
import { findAll, findOne, parsePage, textOf } from './parsed-page.ts';

const PAGE = parsePage(
  renderPage({
    title: 'Two < three',
    style: new Html('p{color:red}'),
    body: html`<p>${'<script>'}</p>`,
  }),
);

it('holds its title, its style and its body', () => {
  expect(textOf(findOne(PAGE, 'title'))).toBe('Two < three – STEDI Testbed');
  expect(textOf(findOne(PAGE, 'style'))).toBe('p{color:red}');
  expect(textOf(findOne(PAGE, 'body'))).toBe('<script>');
});

it('runs nothing and loads nothing', () => {
  const [policy] = findAll(PAGE, 'meta').flatMap(({ attributes }) =>
    attributes['http-equiv'] === 'Content-Security-Policy' ? [attributes['content']] : [],
  );
  expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  expect(findAll(PAGE, 'script')).toEqual([]);
});
