/** Reads Markdown as far as the tests of the documents need it. */

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;
const LINK = /\[[^\]]*\]\(([^()\s]+)\)/g;
const HEADING = /^#{1,6} (.+)$/gm;

/** The code blocks of one language, in their order. */
export function codeBlocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(FENCE)]
    .filter((match) => match[1] === language)
    .map((match) => match[2] ?? '');
}

/** The cells of every table row whose first cell is `first` in code style. */
export function rowsOf(markdown: string, first: string): string[][] {
  return markdown
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => cells[1] === `\`${first}\``);
}

/** Where links and pictures of a page lead, code blocks apart. */
export function linkTargets(markdown: string): string[] {
  const prose = markdown.replace(FENCE, '');
  return [...prose.matchAll(LINK)].map((match) => match[1] ?? '');
}

/** The anchors that a page's headings give, as GitHub makes them. */
export function anchorsOf(markdown: string): string[] {
  return [...markdown.replace(FENCE, '').matchAll(HEADING)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
