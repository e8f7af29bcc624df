/** The fleet: each person with trainer and phone, and whatever real device is plugged in. */
import type {
  PersonFacts,
  PhoneState,
  RunFacts,
  RunState,
  StationFacts,
  TrainerState,
} from '../../api.ts';
import { byId, element, setData, setText } from '../elements.ts';
import { fleetText, phoneText, serialTail, TRAINER_WORDS } from '../words/conditions.ts';
import { countText, millisText } from '../words/numbers.ts';

/** Rows are made once per run and updated in place: focus and scroll position stay. */
export class FleetList {
  readonly #list = byId('fleet', HTMLElement);
  readonly #sum = byId('fleet-sum', HTMLElement);
  readonly #choose: (person: number) => void;
  #rows: readonly FleetRow[] = [];

  constructor(choose: (person: number) => void) {
    this.#choose = choose;
  }

  /** Another run, or the first. Real devices stand at the top. */
  showRun(facts: RunFacts): void {
    const devices = facts.stations
      .filter(({ id, kind }) => kind === 'real' || !facts.people.some((of) => of.station === id))
      .toSorted((a, b) => Number(b.kind === 'real') - Number(a.kind === 'real'))
      .map((station) => new FleetRow(station, undefined));
    const people = facts.people.map((person) => {
      const station = facts.stations.find(({ id }) => id === person.station);
      return new FleetRow(station, person, this.#choose);
    });
    this.#rows = [...devices, ...people];
    this.#list.replaceChildren(...this.#rows.map((row) => row.element));
  }

  /** Marks who is chosen. */
  showPerson(person: number | undefined): void {
    for (const row of this.#rows) row.choose(person);
  }

  /** How everybody is. */
  showState({ trainers, phones }: RunState): void {
    const connected = phones.filter((phone) => phone.isConnected).length;
    setText(this.#sum, `${fleetText(trainers)}; ${connected} of ${phones.length} phones online`);
    const byStation = new Map(trainers.map((trainer) => [trainer.station, trainer]));
    const byPerson = new Map(phones.map((phone) => [phone.person, phone]));
    for (const row of this.#rows) row.show(byStation, byPerson);
  }
}

class FleetRow {
  readonly element: HTMLLIElement;
  readonly #station: StationFacts | undefined;
  readonly #person: PersonFacts | undefined;
  readonly #face: HTMLElement;
  readonly #trainer = element('span', { class: 'trainer' });
  readonly #phone = element('span', { class: 'phone' });
  readonly #consent = element('span', { class: 'consent' });

  constructor(
    station: StationFacts | undefined,
    person: PersonFacts | undefined,
    choose?: (person: number) => void,
  ) {
    this.#station = station;
    this.#person = person;
    const name = person?.name ?? (station?.kind === 'real' ? 'Real device' : 'Nobody');
    const content = [
      element('span', { class: 'light', 'aria-hidden': 'true' }),
      element('span', { class: 'name' }, name),
      this.#consent,
      this.#trainer,
      this.#phone,
    ];
    if (person === undefined || choose === undefined) {
      this.#face = element('div', { class: 'face' }, ...content);
    } else {
      this.#face = element(
        'button',
        { type: 'button', class: 'face', 'aria-pressed': 'false' },
        ...content,
      );
      this.#face.addEventListener('click', () => {
        choose(person.id);
      });
    }
    this.element = element('li', { 'data-kind': station?.kind }, this.#face);
  }

  choose(person: number | undefined): void {
    if (this.#person === undefined) return;
    this.#face.ariaPressed = String(this.#person.id === person);
  }

  show(trainers: ReadonlyMap<number, TrainerState>, phones: ReadonlyMap<number, PhoneState>): void {
    const trainer = this.#station && trainers.get(this.#station.id);
    const phone = this.#person && phones.get(this.#person.id);
    const condition = trainer?.condition ?? 'away';
    setData(this.#face, 'condition', condition);
    const port = this.#station?.port ?? '';
    setText(
      this.#trainer,
      `${port} ${TRAINER_WORDS[condition]}, ${serialTail(trainer?.serialNumber)}`,
    );
    if (this.#person === undefined) {
      setText(this.#phone, `${countText(trainer?.readings ?? 0)} readings`);
    } else {
      this.#showPhone(phone);
    }
  }

  #showPhone(phone: PhoneState | undefined): void {
    const isConsenting = phone?.isConsenting === true;
    setText(this.#phone, `${phoneText(phone)}${clockWords(phone?.clockOffMs ?? 0)}`);
    setText(this.#consent, isConsenting ? 'shares' : 'private');
    setData(this.#consent, 'given', isConsenting ? '' : undefined);
  }
}

function clockWords(offMs: number): string {
  const off = Math.round(offMs);
  return off === 0 ? '' : `, clock ${off > 0 ? '+' : '−'}${millisText(Math.abs(off))}`;
}
