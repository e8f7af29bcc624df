/** Plays the acts of the kit on a link, and reports what came of them. */
import type { Act, Happening, ReceivedLine, Step } from './acts/act.ts';
import { beginDialogue } from './acts/dialogue.ts';
import type { Dialogue } from './acts/dialogue.ts';
import { sayFarewell } from './acts/stop.ts';
import type { DeviceLink } from './device-link.ts';
import { JUDGES } from './judges/judges.ts';
import { KIT_MS_MAX, LONE_CR_MS } from './kit-limits.ts';
import type { KitOptions } from './kit-options.ts';
import type { KitReport } from './kit-report.ts';
import { ACTS_MAX, playActs } from './kit-script.ts';
import { LineCutter } from './line-cutter.ts';
import type { CutLine } from './line-cutter.ts';
import { readLine } from './read-line.ts';
import { Recorder } from './recorder.ts';
import { StallWatch } from './stall-watch.ts';
import { tellError } from './tell-error.ts';
import { judgeTranscript } from './verdict.ts';

/** What the last STOP may take at the end of {@link KIT_MS_MAX}. */
const FAREWELL_MS_MAX = 5_000;

/**
 * Tests a device. Everything happens on the clock of the link, and has ended when {@link KIT_MS_MAX} has passed, with
 * a STOP. `stop` ends it early; the report then says so.
 */
export function startKit(link: DeviceLink, options: KitOptions): { stop(): void } {
  const watch = new StallWatch(link.timers);
  const onDone = (report: KitReport): void => {
    const stalls = watch.end();
    options.onDone(stalls === undefined ? report : { ...report, stalls });
  };
  const run = new KitRun(link, { ...options, onDone });
  watch.begin();
  run.begin();
  return { stop: () => run.end('The kit was stopped.') };
}

class KitRun {
  readonly #link: DeviceLink;
  readonly #options: KitOptions;
  readonly #recorder = new Recorder();
  readonly #cutter = new LineCutter();
  readonly #dialogue: Dialogue;
  #script: Act<string | undefined>;
  #phase: 'acts' | 'farewell' | 'over' = 'acts';
  #stopped: string | undefined;
  #crashed: string | undefined;
  #act = '';
  #keptStreaming = false;
  #actsDone = -1;
  /** Counts waits, so that the alarm of an earlier one is recognised. */
  #waits = 0;
  #isPlaying = false;
  #until: ((line: ReceivedLine) => boolean) | undefined;
  #met: ReceivedLine | undefined;
  #lines: ReceivedLine[] = [];

  constructor(link: DeviceLink, options: KitOptions) {
    this.#link = link;
    this.#options = options;
    this.#dialogue = beginDialogue({
      level: options.level,
      byteMs: link.byteMs,
      canReset: link.reset !== undefined,
      seed: options.seed ?? 'kit',
    });
    const { play = playActs } = options.parts ?? {};
    this.#script = play(this.#dialogue);
  }

  begin(): void {
    const { timers } = this.#link;
    this.#link.onData((chunk) => this.#receive(chunk));
    this.#link.onClose(() => this.#close());
    timers.at(timers.now() + KIT_MS_MAX - FAREWELL_MS_MAX, () =>
      this.end(`The kit could not be done within ${KIT_MS_MAX / 1000} s.`),
    );
    timers.at(timers.now() + KIT_MS_MAX, () => this.#finish());
    this.#play();
  }

  /** Ends the acts, if they have not ended yet, and goes on to the last STOP. */
  end(stopped: string | undefined): void {
    if (this.#phase !== 'acts') return;
    this.#phase = 'farewell';
    this.#stopped = stopped;
    const dialogue = this.#dialogue;
    const keep = (isStreaming: boolean): undefined => {
      this.#keptStreaming = isStreaming;
    };
    this.#script = (function* (): Act<undefined> {
      keep(yield* sayFarewell(dialogue));
    })();
    if (!this.#isPlaying) this.#play();
  }

  /** Carries the script out up to the next thing that it has to wait for. */
  #play(): void {
    this.#isPlaying = true;
    let happening = this.#endWait();
    let isWaiting = false;
    let isOver = false;
    while (!isWaiting && !isOver && this.#phase !== 'over') {
      try {
        const { done, value } = this.#script.next(happening);
        if (done !== true) {
          isWaiting = this.#carryOut(value);
          // What arrives while a step is carried out is for the next wait.
          happening = value.kind === 'wait' && !isWaiting ? this.#endWait() : this.#nothing();
        } else if (this.#phase === 'acts') {
          this.end(value);
        } else {
          isOver = true;
        }
      } catch (error) {
        this.#crash(error);
      }
    }
    this.#isPlaying = false;
    if (isOver) this.#finish();
  }

  /** Goes on to the last STOP, or with it: a script that has thrown has ended, one whose step has failed has not. */
  #crash(error: unknown): void {
    this.#crashed ??= `The kit failed in act "${this.#act}" (${tellError(error)}).`;
    this.end(undefined);
  }

  #attempt<Result>(action: () => Result): Result | undefined {
    try {
      return action();
    } catch (error) {
      this.#crash(error);
      return undefined;
    }
  }

  #endWait(): Happening {
    const happening = { ...this.#nothing(), lines: this.#lines, met: this.#met };
    this.#lines = [];
    this.#met = undefined;
    this.#until = undefined;
    this.#waits++;
    return happening;
  }

  #nothing(): Happening {
    const nowMs = this.#link.timers.now();
    return { nowMs, lines: [], met: undefined, unfinished: this.#cutter.unfinished };
  }

  /** Does a step, and says whether it has to be waited for. */
  #carryOut(step: Step): boolean {
    const nowMs = this.#link.timers.now();
    switch (step.kind) {
      case 'act':
        this.#recorder.act(step.name, nowMs);
        this.#act = step.name;
        this.#actsDone++;
        this.#options.onProgress?.({
          act: step.name,
          done: this.#actsDone,
          total: Math.max(ACTS_MAX, this.#actsDone + 1),
        });
        return false;
      case 'send':
        this.#recorder.sent(step.bytes, nowMs);
        this.#link.write(step.bytes);
        return false;
      case 'reset':
        this.#recorder.reset(nowMs);
        this.#link.reset?.();
        return false;
      case 'wait':
        return this.#wait(step, nowMs);
    }
  }

  #wait({ ms, until }: Step & { kind: 'wait' }, nowMs: number): boolean {
    this.#met = until === undefined ? undefined : this.#lines.find(until);
    if (this.#met !== undefined || ms <= 0) return false;
    this.#until = until;
    const wait = this.#waits;
    this.#link.timers.at(nowMs + ms, () => {
      if (wait === this.#waits && this.#phase !== 'over') this.#play();
    });
    return true;
  }

  #receive(chunk: Uint8Array): void {
    if (this.#phase === 'over') return;
    const nowMs = this.#link.timers.now();
    this.#take(this.#attempt(() => this.#cutter.push(chunk, nowMs)) ?? []);
    if (!this.#cutter.waitsForLineFeed) return;
    this.#link.timers.at(nowMs + LONE_CR_MS, () => {
      const line = this.#attempt(() => this.#cutter.takeLoneCr(nowMs));
      if (line !== undefined && this.#phase !== 'over') this.#take([line]);
    });
  }

  #take(cut: readonly CutLine[]): void {
    for (const line of cut) {
      // First of all it is written down.
      const isKept = this.#recorder.received(line);
      this.#attempt(() => this.#hear(line, isKept));
    }
    if (this.#recorder.isFull) {
      this.end('The device sends without end.');
    } else if (this.#met !== undefined && !this.#isPlaying) {
      this.#play();
    }
  }

  #hear({ bytes, atMs }: CutLine, isKept: boolean): void {
    const received = { ...readLine(bytes), atMs, bytes };
    if (isKept) this.#lines.push(received);
    if (this.#met === undefined && this.#until?.(received) === true) this.#met = received;
  }

  #close(): void {
    if (this.#phase === 'over') return;
    this.#recorder.closed(this.#link.timers.now());
    this.#stopped = 'The port has gone away.';
    this.#finish();
  }

  #finish(): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    const rest = this.#attempt(() => this.#cutter.takeRest());
    if (rest !== undefined) this.#recorder.received(rest);
    this.#options.onDone(
      judgeTranscript(this.#recorder.entries, {
        level: this.#options.level,
        byteMs: this.#link.byteMs,
        stopped: this.#stopped,
        crashed: this.#crashed,
        judges: this.#options.parts?.judges ?? JUDGES,
        keptStreaming: this.#keptStreaming,
      }),
    );
  }
}
