/** Elements of the page: found by their id, made with their attributes, written to only when something changes. */

/** The page and its script do not fit together: a mistake of whoever built them. */
export class PageError extends Error {
  readonly code = 'ELEMENT_MISSING';

  constructor(id: string, kind: string) {
    super(
      `The page has no ${kind} with the id ${id}: its markup and its script are of two versions. Load it anew.`,
    );
    this.name = 'PageError';
  }
}

/**
 * The element with an id.
 * @throws {PageError} with the code `ELEMENT_MISSING`
 */
export function byId<Kind extends Element>(id: string, kind: abstract new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new PageError(id, kind.name);
}

/** Attributes by name; those that are `undefined` are left out. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** Makes an element. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Writes a text; nothing happens when it stands there already, so that nothing is laid out or read out anew. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Sets a `data-` attribute that styles look at. */
export function setData(node: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) delete node.dataset[name];
  else if (node.dataset[name] !== value) node.dataset[name] = value;
}

/** Text that only screen readers get. */
export function unseen(text: string): HTMLSpanElement {
  return element('span', { class: 'unseen' }, text);
}
