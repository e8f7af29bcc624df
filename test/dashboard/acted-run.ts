/** A run that is acted: numbers that grow and answer to switches without a world behind them, to build the page against. */
import { DemoError } from '../../dashboard/server/demo-error.ts';
import type { DemoRun, RowQuery, Signal } from '../../dashboard/server/demo-run.ts';
import type {
  Deed,
  DeedDone,
  ObjectPage,
  Phase,
  ReadingLife,
  RowPage,
  RunFacts,
  RunState,
  StoryLine,
  Verdict,
} from '../../dashboard/api.ts';
import { actedFacts } from './acted-facts.ts';
import { actedState, newSwitches } from './acted-state.ts';
import { actedVerdict } from './acted-verdict.ts';

const TICK_MS = 20;
const VERDICT_MS = 1_500;

/** How a run is acted. */
export interface Role {
  readonly people: number;
  readonly phase: Phase;
  /** Whether anything is judged at all. */
  readonly isJudged: boolean;
  /** World ms that have passed when it begins. */
  readonly elapsedMs: number;
}

/** The usual role: fifty people, in the middle of a run. */
export const USUAL: Role = { people: 50, phase: 'running', isJudged: true, elapsedMs: 95_000 };

/** Acts a run until it is closed. */
export class ActedRun implements DemoRun {
  readonly facts: RunFacts;
  readonly #role: Role;
  readonly #timer: NodeJS.Timeout;
  readonly #listeners = new Map<(signal: Signal) => void, number>();
  readonly #story: StoryLine[] = [];
  #switches = newSwitches();
  #private = new Set<number>();
  #atMs: number;
  #speed = 1;
  #isPaused = false;
  #verdict: Verdict | undefined;
  #judgedMs = 0;

  constructor(runId: string, role: Role) {
    this.#role = role;
    this.facts = actedFacts(runId, role.people);
    this.#atMs = this.facts.startMs + role.elapsedMs;
    this.#private = new Set(this.facts.people.flatMap(({ id }) => (id % 2 === 1 ? [id] : [])));
    this.#tell('world', 'The website gives everybody one of 30 serial numbers, round-robin.');
    this.#judge();
    this.#timer = setInterval(() => {
      this.#tick();
    }, TICK_MS);
  }

  state(): RunState {
    return actedState({
      facts: this.facts,
      phase: this.#role.phase,
      atMs: this.#atMs,
      speed: this.#speed,
      isPaused: this.#isPaused,
      switches: this.#switches,
      private: this.#private,
    });
  }

  verdict(): Verdict | undefined {
    return this.#verdict;
  }

  storyAfter(id: number): readonly StoryLine[] {
    return this.#story.filter((line) => line.id > id);
  }

  do(deed: Deed): Promise<DeedDone> {
    if (deed.do === 'swap' && deed.station === deed.with) {
      return Promise.reject(new DemoError('DEED_REFUSED', 'A box cannot change with itself.'));
    }
    const line = this.#tell('deed', this.#apply(deed));
    this.#judge();
    return Promise.resolve({ atMs: this.#atMs, story: line.id });
  }

  onSignal(person: number, listener: (signal: Signal) => void): () => void {
    this.#listeners.set(listener, person);
    return () => this.#listeners.delete(listener);
  }

  savedScenario(): string {
    return 'version: 1\nname: A run that was acted for the page\n';
  }

  report(): Promise<string> {
    return Promise.resolve('<!doctype html><title>Report</title><p>An acted report.</p>');
  }

  rows({ table, what, offset }: RowQuery): Promise<RowPage> {
    const total = what === 'missing' ? 12 : 412;
    const rows = Array.from({ length: Math.min(50, total - offset) }, (_, index) => ({
      cells: ['18:42:07.250', 181 + index, -0.02, 0.98, 0.11, `${what}-${offset + index}`],
      truth: 'Bo Berg stepped; the phone beside it is Ana Abel’s, who walked elsewhere.',
      readings: [offset + index, 1_000 + offset + index],
    }));
    const columns = ['sensorReadingTime', 'distanceFromObject', 'x', 'y', 'z', table];
    return Promise.resolve({ cycle: this.#verdict?.cycle ?? 0, total, offset, columns, rows });
  }

  reading(reading: number): Promise<ReadingLife> {
    const stages = [
      { name: 'Motion', text: 'Ana Abel lifts the left foot to 181 mm.' },
      { name: 'Trainer', text: 'Measured at 421 ticks.', bytes: '$R,7F3A,0,421,181,0*0D16' },
      { name: 'Bridge', text: 'Clock fit: +3 ms. Written to the spool.' },
      { name: 'Landing', text: 'Row 17 of an object.', bytes: '{"distanceFromObject":181}' },
    ];
    return Promise.resolve({ reading, title: 'A distance that Ana Abel made', stages });
  }

  objects(table: string | undefined): Promise<ObjectPage> {
    const objects = Array.from({ length: 20 }, (_, index) => ({
      key: `${table ?? 'step_trainer_landing'}/year=2026/month=11/day=23/part-${index}.json`,
      bytes: 48_213 - index,
      rows: 512,
    }));
    return Promise.resolve({ total: 20, objects });
  }

  objectBytes(): Promise<Uint8Array> {
    return Promise.resolve(new TextEncoder().encode('{"distanceFromObject":181}\n'.repeat(40)));
  }

  close(): Promise<void> {
    clearInterval(this.#timer);
    return Promise.resolve();
  }

  #tick(): void {
    if (this.#role.phase !== 'running' || this.#isPaused) return;
    this.#atMs += TICK_MS * this.#speed;
    const seconds = this.#atMs / 1_000;
    for (const [listener, person] of this.#listeners) {
      const beat = 2 * Math.PI * (1.7 * seconds + 0.13 * person);
      const x = 0.12 * Math.sin(beat) + 0.03 * Math.sin(7 * beat);
      const y = 1 + 0.35 * Math.sin(2 * beat) + 0.1 * Math.cos(5 * beat);
      const z = 0.2 * Math.cos(beat) + 0.04 * Math.sin(9 * beat);
      listener({ kind: 'sample', atMs: this.#atMs, x, y, z });
      if (this.#switches.unplugged.includes(person)) continue;
      const distance = Math.round(210 + 150 * Math.max(0, Math.sin(beat)));
      listener({ kind: 'distance', atMs: this.#atMs, distance });
    }
    this.#judgedMs += TICK_MS;
    if (this.#judgedMs >= VERDICT_MS) this.#judge();
  }

  #judge(): void {
    this.#judgedMs = 0;
    if (!this.#role.isJudged) return;
    this.#verdict = actedVerdict({
      cycle: (this.#verdict?.cycle ?? 0) + 1,
      atMs: this.#atMs,
      elapsedMs: this.#atMs - this.facts.startMs,
      people: this.facts.people.length,
      consenting: this.facts.people.length - this.#private.size,
      isBug: this.#switches.pool !== undefined,
    });
  }

  #apply(deed: Deed): string {
    switch (deed.do) {
      case 'serials':
        this.#switches = { ...this.#switches, pool: deed.pool ?? undefined };
        return `Serial numbers that are given out: ${deed.pool ?? 'everybody their own'}.`;
      case 'policy':
        this.#switches = { ...this.#switches, policy: deed.policy };
        return `The page shows ${deed.policy}.`;
      case 'consent':
        return this.#applyConsent(deed);
      case 'skew':
        this.#switches = { ...this.#switches, skewMs: deed.ms };
        return `Clocks of phones are off by up to ${deed.ms} ms.`;
      case 'unplug':
      case 'garble':
        return this.#applyToStation(deed);
      case 'swap':
        return `The boxes of ttySTEDI${deed.station} and ttySTEDI${deed.with} changed places.`;
      default:
        return this.#applyToPlant(deed);
    }
  }

  #applyConsent({ person, isGiven }: Extract<Deed, { do: 'consent' }>): string {
    if (isGiven) this.#private.delete(person);
    else this.#private.add(person);
    const name = this.facts.people[person]?.name ?? 'Somebody';
    return `${name} ${isGiven ? 'gave' : 'withdrew'} consent: strict dropped 412 rows, classic kept them.`;
  }

  #applyToStation(deed: Extract<Deed, { do: 'unplug' | 'garble' }>): string {
    const list = deed.do === 'unplug' ? 'unplugged' : 'garbled';
    const others = this.#switches[list].filter((id) => id !== deed.station);
    const stations = deed.isOn ? [...others, deed.station] : others;
    this.#switches = { ...this.#switches, [list]: stations };
    return `ttySTEDI${deed.station} is ${deed.isOn ? list : 'well again'}.`;
  }

  #applyToPlant(deed: Extract<Deed, { do: 'broker' | 'storage' | 'speed' | 'pause' }>): string {
    if (deed.do === 'speed') {
      this.#speed = deed.factor;
      return `The world goes ${deed.factor} times as fast.`;
    }
    if (deed.do === 'pause') {
      this.#isPaused = deed.isOn;
      return deed.isOn ? 'The world stands still.' : 'The world goes on.';
    }
    this.#switches = { ...this.#switches, [deed.do]: deed.isUp ? 'up' : 'down' };
    return `The ${deed.do} is ${deed.isUp ? 'up' : 'down'}.`;
  }

  #tell(kind: StoryLine['kind'], text: string): StoryLine {
    const line = { id: this.#story.length + 1, atMs: this.#atMs, text, kind };
    this.#story.push(line);
    return line;
  }
}
