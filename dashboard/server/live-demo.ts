/** A live run as the page sees it: its world and its flow, what a judge makes of it, and the story of both. */
import type { Storage } from '../../pipeline/index.ts';
import type { LiveDeed, LiveRun } from '../../scenarios/index.ts';
import type {
  Deed,
  DeedDone,
  DemoPolicy,
  ObjectPage,
  RunFacts,
  RunState,
  Verdict,
} from '../api.ts';
import type { ReadingLife, RowPage, StoryLine } from '../api.ts';
import type { Judge, Judged, JudgeFailure } from '../judge/index.ts';
import { DemoError } from './demo-error.ts';
import type { DemoRun, RowQuery, Signal } from './demo-run.ts';
import { tellDeed } from './deed-words.ts';
import type { Cast } from './deed-words.ts';
import { Effects } from './effects.ts';
import { firstNames } from './first-names.ts';
import { FlowRates } from './flow-rates.ts';
import { joinPages } from './object-pages.ts';
import { planLines } from './planned-lines.ts';
import { refuseNoChange } from './refuse-no-change.ts';
import { LANDING_PLACES } from './request-schemas.ts';
import { factsOf } from './run-facts.ts';
import { Story } from './story.ts';
import { switchesOf } from './switches.ts';

/** What of a live run the demo works with. */
export type ShownRun = Omit<LiveRun, 'ledger' | 'storage' | 'landingPlace' | 'deeds'>;

/** What a judge tells. */
export interface JudgeListener {
  readonly onVerdict: (judged: Judged) => void;
  readonly onTrouble: (failure: JudgeFailure) => void;
}

/** What a demo is made of. It closes all of it, and calls `clear` after that. */
export interface LiveDemoParts {
  readonly runId: string;
  readonly file: string;
  readonly run: ShownRun;
  readonly judgeFor: (listener: JudgeListener) => Judge;
  /** The scenario file that does again what was done until now. */
  readonly save: () => string;
  /** The landing zone, for reading. */
  readonly storage: Pick<Storage, 'read' | 'close'>;
  /** ms of a clock that only goes forward. */
  readonly realNow: () => number;
  readonly clear: () => Promise<void>;
}

/** One run on the page. */
export class LiveDemo implements DemoRun {
  readonly #parts: LiveDemoParts;
  readonly #judge: Judge;
  readonly #story: Story;
  readonly #cast: Cast;
  readonly #rates = new FlowRates();
  readonly #effects = new Effects();
  #facts: RunFacts;
  /** The page begins with what the published projects do: whoever looks sees first what is wrong. */
  #policy: DemoPolicy = 'classic';
  #verdict: Verdict | undefined;
  #failure: string | undefined;
  /** The last thing that a judge could not do, which it may say once a second. */
  #trouble: string | undefined;

  constructor(parts: LiveDemoParts) {
    this.#parts = parts;
    const { run } = parts;
    this.#facts = factsOf(run, parts);
    const { world } = run;
    this.#cast = {
      people: firstNames(world.people.map(({ identity }) => identity.customerName)),
      ports: run.stations.map(({ port }) => port),
    };
    this.#story = new Story(planLines(run.plan, world, this.#cast));
    const { length: people } = this.#facts.people;
    this.#tell('world', `${people} people begin to exercise, at seed ${run.plan.seed}`);
    this.#judge = parts.judgeFor({
      onVerdict: (judged) => this.#takeVerdict(judged),
      onTrouble: ({ message }) => this.tellTrouble(message),
    });
    run.onPhase((phase) => {
      if (phase === 'draining') this.#tell('world', 'The world is over; what is under way arrives');
      if (phase === 'ended') this.#tell('world', 'Everything has landed');
    });
    run.ended.then(
      () => void this.#judge.judgeNow(),
      (cause: unknown) => {
        this.#failure = cause instanceof Error ? cause.message : String(cause);
        this.tellTrouble(this.#failure);
      },
    );
  }

  get facts(): RunFacts {
    const { run } = this.#parts;
    // A real device that appears adds its place.
    if (run.stations.length !== this.#facts.stations.length) {
      this.#facts = factsOf(run, this.#parts);
    }
    return this.#facts;
  }

  state(): RunState {
    const { run, realNow } = this.#parts;
    this.#story.comeTo(run.atMs);
    return {
      phase: run.phase,
      failure: this.#failure,
      atMs: run.atMs,
      speed: run.speed,
      isPaused: run.isPaused,
      trainers: run.trainers,
      phones: run.phones,
      flow: this.#rates.at(realNow(), run.flow),
      switches: switchesOf(run, this.#policy),
    };
  }

  verdict(): Verdict | undefined {
    return this.#verdict;
  }

  storyAfter(id: number): readonly StoryLine[] {
    return this.#story.after(id);
  }

  /** Tells that a part failed. What is told again and again is told once. */
  tellTrouble(message: string): void {
    if (message === this.#trouble) return;
    this.#trouble = message;
    this.#tell('trouble', message);
  }

  do(deed: Deed): Promise<DeedDone> {
    try {
      this.#carryOut(deed);
      const text = tellDeed(deed, this.#cast);
      const { id, atMs } = this.#tell('deed', text);
      this.#effects.await({ deed, atMs, people: this.#peopleOf(deed) }, text);
      return Promise.resolve({ atMs, story: id });
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  onSignal(person: number, listener: (signal: Signal) => void): () => void {
    return this.#parts.run.onSignal(person, listener);
  }

  savedScenario(): string {
    return this.#parts.save();
  }

  async report(): Promise<string> {
    return (await this.#judge.report()).html;
  }

  rows(query: RowQuery): Promise<RowPage> {
    return this.#judge.rows(query);
  }

  reading(reading: number): Promise<ReadingLife> {
    return this.#judge.life(reading);
  }

  async objects(table: string | undefined): Promise<ObjectPage> {
    if (table !== undefined) return this.#judge.objects(table);
    return joinPages(await Promise.all(LANDING_PLACES.map((place) => this.#judge.objects(place))));
  }

  async objectBytes(key: string): Promise<Uint8Array> {
    const found = await this.#parts.storage.read(key);
    if (found !== undefined) return found.bytes;
    throw new DemoError('NOT_FOUND', `There is no object ${key} in the landing zone.`);
  }

  async close(): Promise<void> {
    const { run, storage, clear } = this.#parts;
    try {
      await this.#judge.close();
      storage.close();
      await run.close();
    } finally {
      await clear();
    }
  }

  #carryOut(deed: Deed): void {
    const { run } = this.#parts;
    refuseNoChange(deed, run, this.#cast);
    switch (deed.do) {
      case 'policy':
        this.#policy = deed.policy;
        return;
      case 'speed':
        return run.setSpeed(deed.factor);
      case 'pause':
        return deed.isOn ? run.pause() : run.resume();
      default:
        run.do(deed satisfies LiveDeed);
        this.#judge.updateWorld(run.world);
    }
  }

  #takeVerdict(judged: Judged): void {
    this.#verdict = judged.verdict;
    this.#trouble = undefined;
    for (const text of this.#effects.take(judged)) this.#tell('effect', text);
  }

  /** Whose devices a deed is about: of a station, those who exercise there. */
  #peopleOf(deed: Deed): number[] {
    if (deed.do === 'consent') return [deed.person];
    if (!('station' in deed)) return [];
    const stations = deed.do === 'swap' ? [deed.station, deed.with] : [deed.station];
    return this.#facts.people
      .filter(({ station }) => stations.includes(station))
      .map(({ id }) => id);
  }

  #tell(kind: StoryLine['kind'], text: string): StoryLine {
    return this.#story.tell({ kind, text, atMs: Math.floor(this.#parts.run.atMs) });
  }
}
