/** A run of which a test says how it is. */
import { DemoError } from '../../../dashboard/server/index.ts';
import type { DemoRun, Signal } from '../../../dashboard/server/index.ts';
import type { Deed, RunFacts, RunState, StoryLine, Verdict } from '../../../dashboard/api.ts';
import { emptyState, verdictOf } from './fake-state.ts';

/** A run whose numbers a test sets. Deeds are told in the story and change nothing else. */
export class FakeRun implements DemoRun {
  readonly facts: RunFacts;
  readonly deeds: Deed[] = [];
  readonly lines: StoryLine[] = [];
  now: RunState = emptyState();
  judged: Verdict | undefined;
  isClosed = false;
  readonly #listeners = new Map<number, Set<(signal: Signal) => void>>();

  constructor(runId = 'run-1') {
    this.facts = {
      runId,
      title: "Shared serials, and a demo's tale",
      about: undefined,
      file: 'demo',
      seed: 7,
      startMs: 0,
      endMs: 600_000,
      people: [{ id: 0, name: 'Ana Abel', station: 0, clientId: 'phone-0' }],
      stations: [{ id: 0, port: 'ttySTEDI0', kind: 'virtual' }],
      ratesHz: { phone: 50, trainer: 50 },
      poolMax: 1,
    };
  }

  state(): RunState {
    return this.now;
  }

  verdict(): Verdict | undefined {
    return this.judged;
  }

  storyAfter(id: number): readonly StoryLine[] {
    return this.lines.filter((line) => line.id > id);
  }

  tell(text: string): StoryLine {
    const line: StoryLine = { id: this.lines.length + 1, atMs: 0, text, kind: 'deed' };
    this.lines.push(line);
    return line;
  }

  judge(cycle: number): void {
    this.judged = verdictOf(cycle);
  }

  do(deed: Deed): Promise<{ atMs: number; story: number }> {
    if (deed.do === 'swap' && deed.station === deed.with) {
      return Promise.reject(new DemoError('DEED_REFUSED', 'A box cannot change with itself.'));
    }
    this.deeds.push(deed);
    return Promise.resolve({ atMs: 0, story: this.tell(`did ${deed.do}`).id });
  }

  onSignal(person: number, listener: (signal: Signal) => void): () => void {
    const listeners = this.#listeners.get(person) ?? new Set();
    this.#listeners.set(person, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  measure(person: number, signal: Signal): void {
    for (const listener of this.#listeners.get(person) ?? []) listener(signal);
  }

  listenersOf(person: number): number {
    return this.#listeners.get(person)?.size ?? 0;
  }

  savedScenario(): string {
    return 'version: 1\n';
  }

  report(): Promise<string> {
    return Promise.resolve('<!doctype html><title>Report</title>');
  }

  rows(query: { readonly offset: number }): ReturnType<DemoRun['rows']> {
    const { offset } = query;
    return Promise.resolve({ cycle: 1, total: 3, offset, columns: ['user'], rows: [] });
  }

  reading(reading: number): ReturnType<DemoRun['reading']> {
    return Promise.resolve({ reading, title: `Reading ${reading}`, stages: [] });
  }

  objects(table: string | undefined): ReturnType<DemoRun['objects']> {
    const key = `${table ?? 'all'}/a.json`;
    return Promise.resolve({ total: 1, objects: [{ key, bytes: 3, rows: 1 }] });
  }

  objectBytes(key: string): Promise<Uint8Array> {
    if (key !== 'customer_landing/a.json') {
      return Promise.reject(new DemoError('NOT_FOUND', `There is no object ${key}.`));
    }
    return Promise.resolve(new TextEncoder().encode('{}\n'));
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}
