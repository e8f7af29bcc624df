/** The stream of events about the run. It comes back by itself when the server was away. */
import type { RunFacts, RunState, StoryLine, Verdict } from '../../api.ts';

/** Longer than this without any event, and the link is made anew. */
const SILENCE_MS = 8_000;
const CHECK_MS = 1_000;

/** What the stream tells. */
export interface EventListeners {
  readonly onRun: (facts: RunFacts) => void;
  readonly onState: (state: RunState) => void;
  readonly onVerdict: (verdict: Verdict) => void;
  readonly onStory: (line: StoryLine) => void;
  readonly onLink: (isUp: boolean) => void;
}

/** Keeps a link to `/api/events` for as long as the page lives. */
export class EventLink {
  readonly #listeners: EventListeners;
  #source: EventSource | undefined;
  #lastMs = 0;

  constructor(listeners: EventListeners) {
    this.#listeners = listeners;
  }

  /** Opens the link. */
  start(): void {
    this.#open();
    setInterval(() => {
      this.#check();
    }, CHECK_MS);
  }

  #open(): void {
    this.#source?.close();
    this.#lastMs = performance.now();
    const source = new EventSource('/api/events');
    const on = <Body>(name: string, listener: (body: Body) => void): void => {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        this.#lastMs = performance.now();
        this.#listeners.onLink(true);
        listener(JSON.parse(event.data) as Body);
      });
    };
    on('run', this.#listeners.onRun);
    on('state', this.#listeners.onState);
    on('verdict', this.#listeners.onVerdict);
    on('story', this.#listeners.onStory);
    source.addEventListener('open', () => {
      this.#lastMs = performance.now();
      this.#listeners.onLink(true);
    });
    source.addEventListener('error', () => {
      this.#listeners.onLink(false);
    });
    this.#source = source;
  }

  /**
   * A browser tries again by itself unless the server refused; of a link that is silent it knows nothing. Silence alone is
   * no loss: while a run is being started there is nothing to tell. A server that is there answers the next try.
   */
  #check(): void {
    const isSilent = performance.now() - this.#lastMs > SILENCE_MS;
    const isOpen = this.#source?.readyState === EventSource.OPEN;
    const isClosed = this.#source?.readyState === EventSource.CLOSED;
    if (!isSilent && !isClosed) return;
    if (!isOpen) this.#listeners.onLink(false);
    this.#open();
  }
}
