/** A page without scripts and without anything to load, to be mailed as it is. */
import { html } from './html.ts';
import type { Html } from './html.ts';

/** What a page consists of. */
export interface Page {
  readonly title: string;
  /** A style sheet. */
  readonly style: Html;
  readonly body: Html;
}

/** Writes a page. The same parts give the same bytes. */
export function renderPage({ title, style, body }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="color-scheme" content="light dark" />
        <title>${title} – STEDI Testbed</title>
        <link rel="icon" href="data:," />
        <style>
          ${style}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
}
