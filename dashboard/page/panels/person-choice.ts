/** Whose signals are shown. The choice survives a reload: it stands in the address. */
import type { RunFacts } from '../../api.ts';
import { byId, element } from '../elements.ts';

/** The list of people above the signals. */
export class PersonChoice {
  readonly #select = byId('person', HTMLSelectElement);
  #chosen = personInAddress();

  constructor(choose: (person: number) => void) {
    this.#select.addEventListener('change', () => {
      choose(Number(this.#select.value));
    });
  }

  /** Who is chosen; `undefined` while nobody is known. */
  get chosen(): number | undefined {
    return this.#chosen;
  }

  /** Another run: whoever was chosen stays if there is such a person. */
  showRun({ people }: RunFacts): void {
    this.#select.replaceChildren(
      ...people.map(({ id, name }) => element('option', { value: String(id) }, name)),
    );
    this.#select.disabled = people.length === 0;
    if (!people.some(({ id }) => id === this.#chosen)) this.#chosen = people[0]?.id;
    this.choose(this.#chosen);
  }

  /** Somebody was chosen, here or elsewhere. */
  choose(person: number | undefined): void {
    this.#chosen = person;
    if (person === undefined) return;
    this.#select.value = String(person);
    history.replaceState(null, '', `#person=${person}`);
  }
}

function personInAddress(): number | undefined {
  const found = /^#person=(\d+)$/.exec(location.hash)?.[1];
  return found === undefined ? undefined : Number(found);
}
