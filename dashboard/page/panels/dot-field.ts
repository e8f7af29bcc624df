/** A hundred dots, each a hundredth of a whole: the picture that is understood from the last row. */
import { dotShares } from '../charts/dot-shares.ts';
import { byId, element } from '../elements.ts';

const DOTS = 100;

/** A part of the whole. Its mark has a shape of its own beside its colour. */
export interface DotPart {
  readonly mark: 'right' | 'wrong' | 'leaked' | 'off';
  readonly count: number;
}

/** A field whose size never changes. */
export class DotField {
  readonly #field: HTMLElement;
  readonly #dots: readonly HTMLElement[];

  constructor(id: string) {
    this.#field = byId(id, HTMLElement);
    this.#dots = Array.from({ length: DOTS }, () => element('i', { class: 'mark' }));
    this.#field.replaceChildren(...this.#dots);
  }

  /** Shows parts in their order, and what they are for those who do not see them. */
  show(parts: readonly DotPart[], description: string): void {
    const shares = dotShares(
      parts.map(({ count }) => count),
      DOTS,
    );
    const marks = parts.flatMap(({ mark }, index) =>
      Array.from({ length: shares[index] ?? 0 }, () => mark),
    );
    this.#dots.forEach((dot, index) => {
      const mark = marks[index];
      if (dot.dataset['mark'] === mark) return;
      if (mark === undefined) delete dot.dataset['mark'];
      else dot.dataset['mark'] = mark;
    });
    if (this.#field.ariaLabel !== description) this.#field.ariaLabel = description;
  }
}
