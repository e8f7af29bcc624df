import { html } from './html.ts';
import type { Html } from './html.ts';

/** Explains the words of a report, each with its meaning, at the end of its page. */
export function renderWordList(words: readonly (readonly [string, string])[]): Html {
  return html`<footer>
    <h2>How to read this report</h2>
    <dl>
      ${words.map(
        ([word, meaning]) =>
          html`<dt>${word}</dt>
            <dd>${meaning}</dd>`,
      )}
    </dl>
  </footer>`;
}
