/** Reads pages of the report strictly: they are well-formed XML behind their doctype, so a text that leaks markup is found. */
import { SaxesParser } from 'saxes';
import { Html } from '../../presentation/html.ts';

/** One element. */
export interface PageElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (PageElement | string)[];
}

/** Parses a page or a piece of one. Throws on anything that is not well-formed. */
export function parsePage(page: string | Html): PageElement {
  const markup = page instanceof Html ? page.markup : page;
  const root: PageElement = { name: 'root', attributes: {}, children: [] };
  const path = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [] };
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  parser.on('closetag', () => path.pop());
  parser.on('text', (text) => path.at(-1)?.children.push(text));
  parser.write(`<root>${markup.replace(/^<!doctype html>/i, '')}</root>`).close();
  return root;
}

/** All elements of a name, in the order of the page. */
export function findAll(element: PageElement, name: string, className?: string): PageElement[] {
  const below = element.children.flatMap((child) =>
    typeof child === 'string' ? [] : findAll(child, name, className),
  );
  const classes = (element.attributes['class'] ?? '').split(' ');
  const matches = element.name === name && (className === undefined || classes.includes(className));
  return matches ? [element, ...below] : below;
}

/** The first element of a name. Throws when there is none. */
export function findOne(element: PageElement, name: string, className?: string): PageElement {
  const [found] = findAll(element, name, className);
  if (found === undefined) throw new RangeError(`there is no <${name}> ${className ?? ''}`);
  return found;
}

/** The text of an element as it is read: runs of white space are one space. */
export function textOf(element: PageElement | undefined): string {
  return rawText(element).replace(/\s+/g, ' ').trim();
}

/** The texts of all cells of a table's body, row by row. */
export function tableCells(element: PageElement): string[][] {
  return findAll(findOne(element, 'tbody'), 'tr').map((row) =>
    row.children.filter((cell) => typeof cell !== 'string').map(textOf),
  );
}

/** The text of an element, white space as it stands in the page. */
export function rawText(element: PageElement | undefined): string {
  return (element?.children ?? [])
    .map((child) => (typeof child === 'string' ? child : rawText(child)))
    .join('');
}
