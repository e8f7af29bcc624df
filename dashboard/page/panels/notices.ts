/** What stands above everything: a lost link, a run that failed or is over, and refusals that pass. */
import type { RunState } from '../../api.ts';
import { byId, element, setData, setText } from '../elements.ts';
import { RequestError } from '../live/requests.ts';

const PASSING_MS = 9_000;

/** What the banner is about. */
interface Banner {
  readonly kind: 'lost' | 'failed' | 'ended';
  readonly title: string;
  readonly text: string;
}

/** The banner, which is there as long as its reason is, and messages that pass. */
export class Notices {
  readonly #banner = byId('banner', HTMLElement);
  readonly #title = byId('banner-title', HTMLElement);
  readonly #text = byId('banner-text', HTMLElement);
  readonly #messages = byId('messages', HTMLElement);
  #isUp = true;
  #state: RunState | undefined;

  /** Whether the server answers. */
  showLink(isUp: boolean): void {
    if (this.#isUp === isUp) return;
    this.#isUp = isUp;
    setData(document.documentElement, 'link', isUp ? 'up' : 'down');
    this.#refresh();
  }

  /** How the run is. */
  showState(state: RunState): void {
    this.#state = state;
    this.#refresh();
  }

  /** Says that something was not done, and why; it passes. */
  refuse(error: unknown): void {
    if (!(error instanceof RequestError)) throw error;
    this.say(error.message);
  }

  /** Says something that passes. */
  say(text: string): void {
    const message = element('p', { class: 'message' }, text);
    this.#messages.append(message);
    setTimeout(() => {
      message.remove();
    }, PASSING_MS);
  }

  #refresh(): void {
    const banner = bannerOf(this.#isUp, this.#state);
    this.#banner.hidden = banner === undefined;
    if (banner === undefined) return;
    setData(this.#banner, 'kind', banner.kind);
    setText(this.#title, banner.title);
    setText(this.#text, banner.text);
  }
}

function bannerOf(isUp: boolean, state: RunState | undefined): Banner | undefined {
  if (!isUp) {
    return {
      kind: 'lost',
      title: 'The server does not answer.',
      text: 'Trying again by itself. What you see is how it was last; “stedi demo” in a terminal starts it again.',
    };
  }
  if (state?.phase === 'failed') {
    return {
      kind: 'failed',
      title: 'The run failed.',
      text: state.failure ?? 'The terminal of “stedi demo” tells why. Restart begins anew.',
    };
  }
  if (state?.phase === 'ended') {
    return {
      kind: 'ended',
      title: 'The run is over.',
      text: 'Export its report, save it as a scenario that replays it, or restart.',
    };
  }
  return undefined;
}
