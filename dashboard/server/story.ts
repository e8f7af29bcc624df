/** The story of a run: what was done to it, what it did by itself, and what came of that. */
import type { StoryLine } from '../api.ts';
import type { PlannedLine } from './planned-lines.ts';

/** Lines that are kept: those of hours, for pages that come late. */
const LINES_MAX = 1_000;

/** The lines that were told, and those that will be. */
export class Story {
  #lines: StoryLine[] = [];
  #planned: readonly PlannedLine[];
  #last = 0;

  /** `planned` is in the order of time. */
  constructor(planned: readonly PlannedLine[] = []) {
    this.#planned = planned;
  }

  /** Tells a line, after all that was planned for before. */
  tell(line: Omit<StoryLine, 'id'>): StoryLine {
    this.comeTo(line.atMs);
    return this.#add(line);
  }

  /** Tells what was planned until a time. */
  comeTo(atMs: number): void {
    const due = this.#planned.filter((line) => line.atMs <= atMs);
    this.#planned = this.#planned.slice(due.length);
    for (const line of due) this.#add({ ...line, kind: 'world' });
  }

  /** The lines that are kept with greater numbers than this one. */
  after(id: number): readonly StoryLine[] {
    return id >= this.#last ? [] : this.#lines.filter((line) => line.id > id);
  }

  #add(line: Omit<StoryLine, 'id'>): StoryLine {
    const told = { ...line, id: ++this.#last };
    this.#lines.push(told);
    if (this.#lines.length > LINES_MAX) this.#lines.shift();
    return told;
  }
}
