/** `GET /api/events`: tells each page what it does not know yet, so that one that is slow or comes back misses no story. */
import type { RunFacts } from '../api.ts';
import type { DemoRun } from './demo-run.ts';
import type { EventStream } from './event-stream.ts';

/** A page, and what it was told. */
interface Listener {
  readonly stream: EventStream;
  facts: RunFacts | undefined;
  cycle: number;
  story: number;
}

/** All pages that listen to the run. */
export class EventHub {
  readonly #listeners = new Set<Listener>();
  #run: DemoRun | undefined;

  /**
   * Takes a page. `lastEventId` is that of the last story line that it got, if it was here before.
   */
  add(stream: EventStream, lastEventId: string | undefined): void {
    const { runId, story } = parseEventId(lastEventId);
    const isSameRun = runId !== undefined && runId === this.#run?.facts.runId;
    const listener: Listener = {
      stream,
      facts: undefined,
      cycle: 0,
      story: isSameRun ? story : 0,
    };
    this.#listeners.add(listener);
    stream.onClose(() => this.#listeners.delete(listener));
    this.pump();
  }

  /** Shows another run from now on, or none while it starts. */
  show(run: DemoRun | undefined): void {
    this.#run = run;
    this.pump();
  }

  /** Tells everybody what is new, and how everything is now. Who is slow gets it with a later call. */
  pump(): void {
    const run = this.#run;
    if (run === undefined || this.#listeners.size === 0) return;
    const state = JSON.stringify(run.state());
    for (const listener of this.#listeners) {
      if (listener.stream.isSlow) continue;
      tellNews(listener, run);
      listener.stream.send('state', state);
    }
  }
}

function tellNews(listener: Listener, run: DemoRun): void {
  const { stream } = listener;
  const { facts } = run;
  const { runId } = facts;
  if (listener.facts !== facts) {
    const before = listener.facts?.runId;
    // A page that just came begins where it left off; one that saw another run begins anew.
    if (before !== undefined && before !== runId) {
      listener.story = 0;
      listener.cycle = 0;
    }
    listener.facts = facts;
    stream.send('run', JSON.stringify(facts));
  }
  for (const line of run.storyAfter(listener.story)) {
    stream.send('story', JSON.stringify(line), `${runId}/${line.id}`);
    listener.story = line.id;
  }
  const verdict = run.verdict();
  if (verdict !== undefined && verdict.cycle !== listener.cycle) {
    listener.cycle = verdict.cycle;
    stream.send('verdict', JSON.stringify(verdict));
  }
}

/** Reads `<run>/<line>`: the numbers of lines begin anew with each run. */
function parseEventId(text: string | undefined): {
  readonly runId: string | undefined;
  readonly story: number;
} {
  const { run, line } = /^(?<run>.+)\/(?<line>\d{1,10})$/.exec(text ?? '')?.groups ?? {};
  return { runId: run, story: Number(line ?? 0) };
}
