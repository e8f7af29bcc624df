/** Text for terminals: what a column holds, what is cut, what is wrapped. Nothing in a text reaches the terminal as a command. */

/** Characters that move the cursor, change colours or turn the direction of writing. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFE30-\uFE4F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const WITHOUT_WIDTH = /[\p{M}\p{Cf}]/u;

const ASCII_SPELLINGS: Readonly<Record<string, string>> = {
  '…': '...',
  '–': '-',
  '—': '-',
  '−': '-',
  '·': '|',
  '≤': '<=',
  '≥': '>=',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  ß: 'ss',
};

/** Puts a space for each run of control characters. */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, ' ');
}

/** Spells a text in ASCII: letters lose their accents, and what has no spelling becomes a question mark. */
export function toAscii(text: string): string {
  return Array.from(text.normalize('NFKD').replace(/\p{M}/gu, ''), (character) =>
    character <= '~' ? character : (ASCII_SPELLINGS[character] ?? '?'),
  ).join('');
}

/** How many columns a text takes. */
export function columnsOfText(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (WITHOUT_WIDTH.test(character)) continue;
    columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}

/** The longest beginning of a text that fits into some columns. */
export function takeColumns(text: string, width: number): string {
  let taken = '';
  let columns = 0;
  for (const character of text) {
    columns += columnsOfText(character);
    if (columns > width) break;
    taken += character;
  }
  return taken;
}

/** Cuts a text that is too long for some columns, and shows that by an ellipsis. */
export function cutText(text: string, width: number, ellipsis: string): string {
  if (columnsOfText(text) <= width) return text;
  const room = width - columnsOfText(ellipsis);
  return room < 1 ? takeColumns(text, width) : takeColumns(text, room).trimEnd() + ellipsis;
}

/** Fills a text up with spaces. */
export function padText(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - columnsOfText(text)));
  return align === 'left' ? text + space : space + text;
}

/** Breaks a text into lines between words, and within words that are longer than a line. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (columnsOfText(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (columnsOfText(line) > width) {
      const head = takeColumns(line, width);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line];
}
