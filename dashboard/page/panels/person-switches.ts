/** Switches of the chosen person: the consent, and the trainer of the station. */
import type { PersonFacts, RunFacts, RunState } from '../../api.ts';
import { byId, element, setText } from '../elements.ts';
import { switchControl } from './controls.ts';
import type { DoDeed } from './world-switches.ts';

/** Shows and switches what is of one person. */
export class PersonSwitches {
  readonly #fieldset = byId('person-switches', HTMLFieldSetElement);
  readonly #legend = byId('person-legend', HTMLElement);
  readonly #others = byId('swap-with', HTMLSelectElement);
  readonly #consent;
  readonly #plugged;
  readonly #garbled;
  #facts: RunFacts | undefined;
  #person: PersonFacts | undefined;

  constructor(doDeed: DoDeed) {
    const forPerson = async (act: (person: PersonFacts) => Promise<void>): Promise<void> => {
      if (this.#person !== undefined) await act(this.#person);
    };
    this.#consent = switchControl('consent', (isGiven) =>
      forPerson(({ id }) => doDeed({ do: 'consent', person: id, isGiven })),
    );
    this.#plugged = switchControl('plugged', (isIn) =>
      forPerson(({ station }) => doDeed({ do: 'unplug', station, isOn: !isIn })),
    );
    this.#garbled = switchControl('garbled', (isOn) =>
      forPerson(({ station }) => doDeed({ do: 'garble', station, isOn })),
    );
    byId('swap', HTMLButtonElement).addEventListener('click', () => {
      const other = Number(this.#others.value);
      void forPerson(({ station }) => doDeed({ do: 'swap', station, with: other }));
    });
  }

  /** Another run, or another person. */
  showPerson(facts: RunFacts, person: PersonFacts | undefined): void {
    this.#facts = facts;
    this.#person = person;
    const station = facts.stations.find(({ id }) => id === person?.station);
    const at = station === undefined ? '' : ` at ${station.port}`;
    setText(this.#legend, person === undefined ? 'Nobody is chosen' : `${person.name}${at}`);
    const others = facts.stations.filter(
      ({ id, kind }) => kind === 'virtual' && id !== person?.station,
    );
    this.#others.replaceChildren(
      ...others.map(({ id, port }) => element('option', { value: String(id) }, port)),
    );
  }

  /** How things are. */
  showState({ phase, phones, switches }: RunState): void {
    const person = this.#person;
    this.#fieldset.disabled = phase !== 'running' || person === undefined;
    if (person === undefined || this.#facts === undefined) return;
    const phone = phones.find((candidate) => candidate.person === person.id);
    this.#consent.show(phone?.isConsenting ?? false);
    this.#plugged.show(!switches.unplugged.includes(person.station));
    this.#garbled.show(switches.garbled.includes(person.station));
  }
}
