/** HTML that is safe by construction: whatever is put into a template is escaped, unless it is {@link Html} itself. */

/** Finished markup. Only {@link html} makes it, so that no text gets into a page without being escaped. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What a template may hold. Nothing is written for `undefined`. */
export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

/** Writes markup; the parts in it are escaped for text and for quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  return new Html(strings.map((text, index) => text + toMarkup(parts[index])).join(''));
}

/** Escapes text for element content and quoted attributes. Control characters become the replacement character. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll(/[^\P{Cc}\t\n]/gu, '\u{FFFD}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

function toMarkup(part: HtmlPart): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(toMarkup).join('');
}
