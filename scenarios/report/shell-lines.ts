/** Long shell commands on short lines, so that they can still be copied and run. */
import { columnsOfText, takeColumns } from '../../presentation/index.ts';

/** A word of a command as a POSIX shell takes it. */
export function quoteWord(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

type Quote = '' | "'" | '"';

/**
 * Breaks a command for a POSIX shell into lines of at most `width` columns (8 or more). Lines end with a backslash, at
 * a space between arguments if there is one: pasted back, they are the same command.
 */
export function breakCommand(command: string, width: number): string[] {
  const lines: string[] = [];
  let rest = command;
  while (columnsOfText(rest) > width) {
    const head = takeColumns(rest, width - 2);
    const space = lastSpaceBetweenArguments(rest, head.length);
    if (space > 0) {
      lines.push(`${rest.slice(0, space)} \\`);
      rest = rest.slice(space + 1);
    } else {
      const [line, remainder] = breakWithinArgument(rest, head);
      lines.push(line);
      rest = remainder;
    }
  }
  return [...lines, rest];
}

/** Closes an open quote before the backslash and opens it again on the next line, so that each line starts outside quotes. */
function breakWithinArgument(text: string, head: string): [line: string, remainder: string] {
  // What a backslash escapes stays on its line.
  const isEscaping = quoteAt(head, head.length) !== "'" && /(?<!\\)(?:\\\\)*\\$/.test(head);
  const taken = isEscaping ? head.slice(0, -1) : head;
  const quote = quoteAt(taken, taken.length);
  return [`${taken}${quote}\\`, quote + text.slice(taken.length)];
}

function lastSpaceBetweenArguments(text: string, end: number): number {
  let space = -1;
  let quote: Quote = '';
  for (let index = 0; index <= end; index++) {
    const character = text.charAt(index);
    if (quote === '' && character === ' ' && index > 0) space = index;
    if (character === '\\' && quote !== "'") index++;
    else quote = nextQuote(quote, character);
  }
  return space;
}

/** The quote that is open at an index of a command. */
function quoteAt(text: string, end: number): Quote {
  let quote: Quote = '';
  for (let index = 0; index < end; index++) {
    const character = text.charAt(index);
    if (character === '\\' && quote !== "'") index++;
    else quote = nextQuote(quote, character);
  }
  return quote;
}

function nextQuote(quote: Quote, character: string): Quote {
  if (character !== "'" && character !== '"') return quote;
  if (quote === '') return character;
  return quote === character ? '' : quote;
}
