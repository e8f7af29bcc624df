/** The stream of one person's signals. It rests while nobody looks at the page. */
import type { SignalChunk } from '../../api.ts';

/** Follows one person at a time. */
export class SignalLink {
  readonly #onChunk: (chunk: SignalChunk) => void;
  #person: number | undefined;
  #source: EventSource | undefined;

  constructor(onChunk: (chunk: SignalChunk) => void) {
    this.#onChunk = onChunk;
    document.addEventListener('visibilitychange', () => {
      this.#open();
    });
  }

  /** Follows another person; `undefined`: nobody. */
  follow(person: number | undefined): void {
    this.#person = person;
    this.#open();
  }

  /** Opens the stream anew if the server closed it. */
  revive(): void {
    if (this.#source?.readyState === EventSource.CLOSED) this.#open();
  }

  #open(): void {
    this.#source?.close();
    this.#source = undefined;
    if (this.#person === undefined || document.hidden) return;
    const source = new EventSource(`/api/signals?person=${this.#person}`);
    source.addEventListener('signal', (event: MessageEvent<string>) => {
      const chunk = JSON.parse(event.data) as SignalChunk;
      if (chunk.person === this.#person) this.#onChunk(chunk);
    });
    this.#source = source;
  }
}
