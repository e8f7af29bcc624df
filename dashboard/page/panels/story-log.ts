/** The story: what was done, and what came of it. Read out by screen readers as it grows. */
import type { StoryLine } from '../../api.ts';
import { byId, element } from '../elements.ts';
import { clockText } from '../words/numbers.ts';

/** So many lines are kept on the page; the saved scenario has all deeds. */
const LINES_MAX = 300;
/** This near to the end counts as reading along. */
const NEAR_PX = 40;

const KIND_WORDS: Readonly<Record<StoryLine['kind'], string>> = {
  deed: 'You',
  effect: 'Effect',
  world: 'Scenario',
  trouble: 'Trouble',
};

/** A list that follows its end unless somebody scrolled back. */
export class StoryLog {
  readonly #frame = byId('story', HTMLElement);
  readonly #list = byId('story-lines', HTMLElement);
  readonly #empty = byId('story-empty', HTMLElement);
  #lastId = 0;

  /** Another run: nothing has happened yet. */
  clear(): void {
    this.#lastId = 0;
    this.#list.replaceChildren();
    this.#empty.hidden = false;
  }

  /** Tells a line, unless it was told before. Whether it was new. */
  tell(line: StoryLine): boolean {
    if (line.id <= this.#lastId) return false;
    this.#lastId = line.id;
    const { scrollTop, scrollHeight, clientHeight } = this.#frame;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    this.#list.append(
      element(
        'li',
        { 'data-kind': line.kind },
        element('time', {}, clockText(line.atMs)),
        element('span', { class: 'kind' }, KIND_WORDS[line.kind]),
        element('span', { class: 'text' }, line.text),
      ),
    );
    while (this.#list.childElementCount > LINES_MAX) this.#list.firstElementChild?.remove();
    this.#empty.hidden = true;
    if (isAtEnd) this.#frame.scrollTop = this.#frame.scrollHeight;
    return true;
  }
}
