import { SaxesParser } from 'saxes';

/** Deepest nesting of the documents that S3 clients send is four. */
const DEPTH_MAX = 8;
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An element of a parsed document; its attributes are not kept. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  /** The character data directly inside the element. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** Reads a document and gives its root element, or `undefined` if it is not well formed, nested too deep or has a DTD. */
export function parseXml(document: string): XmlElement | undefined {
  const parser = new SaxesParser({ position: false });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let acceptable = true;
  const refuse = (): void => {
    acceptable = false;
  };
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('error', refuse);
  parser.on('doctype', refuse);
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', ({ name }) => {
    const element: OpenElement = { name, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
    if (open.length > DEPTH_MAX) refuse();
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(document).close();
  return acceptable ? root : undefined;
}

/** The text of the first child with this name, or `undefined` if there is none. */
export function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text;
}

/** An element that holds text; the text is escaped. */
export function textElement(name: string, text: string | number | boolean): string {
  return `<${name}>${escapeXml(String(text))}</${name}>`;
}

/** An element that holds elements; they are written as they are. */
export function element(name: string, ...children: readonly string[]): string {
  return `<${name}>${children.join('')}</${name}>`;
}

/** A whole document in the namespace of S3. */
export function xmlDocument(root: string, ...children: readonly string[]): string {
  return `${DECLARATION}<${root} xmlns="${NAMESPACE}">${children.join('')}</${root}>`;
}

/** The error document of S3, which has no namespace. */
export function errorDocument(elements: Readonly<Record<string, string>>): string {
  const children = Object.entries(elements).map(([name, text]) => textElement(name, text));
  return DECLARATION + element('Error', ...children);
}

/**
 * Escapes text for an element.
 *
 * Control characters become numeric references as S3 writes them, although XML 1.0 allows none for most; clients ask for
 * `encoding-type=url` where keys may hold them.
 */
function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"\p{Cc}]/gu, (character) => {
    const entity = ENTITIES[character];
    return entity ?? `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
