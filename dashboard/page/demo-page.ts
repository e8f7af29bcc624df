/** Puts the page together: what the run says goes to all panels, what they ask for to the server. */
import type { Deed, DemoPolicy, RunFacts, RunState, StoryLine, Verdict } from '../api.ts';
import { SignalCharts } from './charts/signal-charts.ts';
import { TrendChart } from './charts/trend-chart.ts';
import { EvidenceDialog } from './evidence/evidence-dialog.ts';
import { EventLink } from './live/event-link.ts';
import { fetchDownload, restartRun, sendDeed } from './live/requests.ts';
import { SignalLink } from './live/signal-link.ts';
import { WorldClock } from './live/world-clock.ts';
import { FleetList } from './panels/fleet-list.ts';
import { FlowStrip } from './panels/flow-strip.ts';
import { Notices } from './panels/notices.ts';
import { PersonChoice } from './panels/person-choice.ts';
import { PersonSwitches } from './panels/person-switches.ts';
import { RunBar } from './panels/run-bar.ts';
import { StoryLog } from './panels/story-log.ts';
import { VerdictPanels } from './panels/verdict-panels.ts';
import { WorldSwitches } from './panels/world-switches.ts';
import { ZoneBars } from './panels/zone-bars.ts';
import { saveFile } from './save-file.ts';
import { followTheme } from './theme.ts';

/** Who asks for less motion gets a picture so often, in ms. */
const CALM_MS = 500;

/** The page as a whole. */
export class DemoPage {
  readonly #clock = new WorldClock();
  readonly #notices = new Notices();
  readonly #bar: RunBar;
  readonly #verdicts = new VerdictPanels();
  readonly #zones = new ZoneBars();
  readonly #flow = new FlowStrip();
  readonly #story = new StoryLog();
  readonly #trend = new TrendChart();
  readonly #signals = new SignalCharts(this.#clock);
  readonly #signalLink: SignalLink;
  readonly #person = new PersonChoice((id) => {
    this.#choose(id);
  });
  readonly #fleet = new FleetList((id) => {
    this.#choose(id);
  });
  readonly #worldSwitches: WorldSwitches;
  readonly #personSwitches: PersonSwitches;
  #facts: RunFacts | undefined;
  #state: RunState | undefined;
  #verdict: Verdict | undefined;
  #policy: DemoPolicy = 'classic';
  /** While one is under way, messages still tell of the policy before. */
  #policyDeeds = 0;

  constructor() {
    const doDeed = (deed: Deed): Promise<void> => this.#attempt(() => sendDeed(deed));
    this.#signalLink = new SignalLink((chunk) => {
      this.#signals.take(chunk);
    });
    this.#worldSwitches = new WorldSwitches(doDeed, async (policy) => {
      this.#policyDeeds += 1;
      this.#showPolicy(policy);
      await doDeed({ do: 'policy', policy });
      this.#policyDeeds -= 1;
    });
    this.#personSwitches = new PersonSwitches(doDeed);
    this.#bar = new RunBar({
      doDeed,
      save: () =>
        this.#attempt(async () => saveFile(await fetchDownload('/api/scenario', 'demo.yaml'))),
      export: () =>
        this.#attempt(async () => saveFile(await fetchDownload('/api/report', 'report.html'))),
      restart: () => this.#attempt(restartRun),
    });
    new EvidenceDialog(() => this.#policy);
  }

  /** Begins to listen, and to draw. */
  start(): void {
    followTheme(() => {
      this.#signals.recolour();
      this.#trend.recolour();
    });
    new EventLink({
      onRun: (facts) => {
        this.#showRun(facts);
      },
      onState: (state) => {
        this.#showState(state);
      },
      onVerdict: (verdict) => {
        this.#showVerdict(verdict);
      },
      onStory: (line) => {
        this.#tell(line);
      },
      onLink: (isUp) => {
        this.#notices.showLink(isUp);
        if (isUp) this.#signalLink.revive();
        else this.#showLost();
      },
    }).start();
    this.#drawForever();
  }

  #showRun(facts: RunFacts): void {
    const before = this.#facts;
    this.#facts = facts;
    this.#bar.showRun(facts);
    if (before?.runId === facts.runId) {
      this.#fleet.showRun(facts);
      this.#person.showRun(facts);
      this.#markPerson();
      return;
    }
    this.#verdict = undefined;
    this.#clock.reset();
    this.#story.clear();
    this.#trend.reset(facts.startMs);
    this.#signals.reset(facts.ratesHz);
    this.#worldSwitches.showRun(facts);
    this.#fleet.showRun(facts);
    this.#person.showRun(facts);
    this.#showVerdict(undefined);
    this.#choose(this.#person.chosen);
  }

  #showState(state: RunState): void {
    this.#state = state;
    const moves = (state.phase === 'running' || state.phase === 'draining') && !state.isPaused;
    this.#clock.follow({
      worldMs: state.atMs,
      realMs: performance.now(),
      speed: moves ? state.speed : 0,
    });
    this.#notices.showState(state);
    this.#bar.showState(state);
    this.#fleet.showState(state);
    this.#flow.showState(state);
    this.#worldSwitches.showState(state);
    this.#personSwitches.showState(state);
    if (this.#policyDeeds === 0 && state.switches.policy !== this.#policy) {
      this.#showPolicy(state.switches.policy);
    }
  }

  #showVerdict(verdict: Verdict | undefined): void {
    this.#verdict = verdict;
    if (verdict !== undefined) this.#trend.addVerdict(verdict);
    this.#verdicts.show(verdict, this.#policy);
    this.#zones.show(verdict, this.#policy);
  }

  #tell(line: StoryLine): void {
    if (this.#story.tell(line) && line.kind === 'deed') this.#trend.addDeed(line.atMs);
  }

  #showPolicy(policy: DemoPolicy): void {
    this.#policy = policy;
    this.#verdicts.show(this.#verdict, policy);
    this.#zones.show(this.#verdict, policy);
  }

  #choose(person: number | undefined): void {
    this.#person.choose(person);
    this.#signals.reset();
    this.#signalLink.follow(person);
    this.#markPerson();
  }

  #markPerson(): void {
    const id = this.#person.chosen;
    this.#fleet.showPerson(id);
    if (this.#facts === undefined) return;
    this.#personSwitches.showPerson(
      this.#facts,
      this.#facts.people.find((person) => person.id === id),
    );
    if (this.#state !== undefined) this.#personSwitches.showState(this.#state);
  }

  /** Without news the world's time is not known: it stands until they come. */
  #showLost(): void {
    this.#bar.showLost();
    const worldMs = this.#clock.at(performance.now());
    if (worldMs === undefined) return;
    this.#clock.follow({ worldMs, realMs: performance.now(), speed: 0 });
  }

  async #attempt(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.#notices.refuse(error);
      // What was not done is shown as it is.
      if (this.#state !== undefined) this.#showState(this.#state);
    }
  }

  #drawForever(): void {
    const calm = matchMedia('(prefers-reduced-motion: reduce)');
    let drawnMs = 0;
    const frame = (nowMs: number): void => {
      requestAnimationFrame(frame);
      if (calm.matches && nowMs - drawnMs < CALM_MS) return;
      drawnMs = nowMs;
      this.#bar.tick(this.#clock);
      this.#signals.draw();
    };
    requestAnimationFrame(frame);
  }
}
