import type { Act, Happening, ReceivedLine, Step } from '../../../../device-bench/core/acts/act.ts';
import { beginDialogue } from '../../../../device-bench/core/acts/dialogue.ts';
import type { Dialogue } from '../../../../device-bench/core/acts/dialogue.ts';
import type { DeviceLink } from '../../../../device-bench/core/device-link.ts';
import { LineCutter } from '../../../../device-bench/core/line-cutter.ts';
import { readLine } from '../../../../device-bench/core/read-line.ts';
import { seededStreams, VirtualBoard, VirtualTime } from '../../../../simulator/index.ts';
import type { VirtualBoardOptions } from '../../../../simulator/index.ts';

/** A link on virtual time. */
export interface TimedLink extends DeviceLink {
  readonly timers: VirtualTime;
}

/** What an act has done. */
export interface Played<Result> {
  readonly result: Result;
  readonly acts: readonly string[];
  /** What was sent, without CRC and line end; the bytes as they were are in `bytes`. */
  readonly sent: readonly string[];
  readonly bytes: readonly string[];
  readonly resets: number;
  /** What came in answer, by its kind: one word for each response. */
  readonly answers: readonly string[];
  readonly readings: number;
  readonly tookMs: number;
}

/** A board that has just got power. */
export function board(options: Partial<VirtualBoardOptions> = {}): TimedLink {
  const timers = new VirtualTime(0);
  return new VirtualBoard({ timers, streams: seededStreams(7), ...options }) as TimedLink &
    VirtualBoard;
}

/** A line at whose other end nobody is. */
export function nobody(): TimedLink {
  return {
    timers: new VirtualTime(0),
    byteMs: 0,
    write: () => undefined,
    onData: () => undefined,
    onClose: () => undefined,
    reset: () => undefined,
  };
}

/** A dialogue with a board that has said what it can. */
export function dialogueWith(link: DeviceLink, known: Partial<Dialogue> = {}): Dialogue {
  const { byteMs } = link;
  const dialogue = beginDialogue({ level: 'L3', byteMs, canReset: true, seed: 'test' });
  return Object.assign(dialogue, { maxRateHz: 200, options: ['SYNC', 'REBOOT', 'PPM200'] }, known);
}

/** Plays an act to its end. */
export function playAct<Result>(link: TimedLink, act: Act<Result>): Played<Result> {
  const stage = new Stage(link);
  const startMs = link.timers.now();
  let step = act.next(stage.takeHappening());
  while (step.done !== true) {
    stage.carryOut(step.value);
    step = act.next(stage.takeHappening());
  }
  const { acts, bytes, resets, heard } = stage;
  return {
    result: step.value,
    acts,
    bytes,
    resets,
    sent: bytes.map((line) => line.replace(/(\*[0-9A-F]{4})?\r?\n$/, '')),
    answers: heard.flatMap(nameAnswer),
    readings: heard.filter(({ meant }) => meant?.kind === 'reading').length,
    tookMs: link.timers.now() - startMs,
  };
}

/** How many readings a link sends within a second. */
export function readingsAfter(link: TimedLink): number {
  const stage = new Stage(link);
  stage.carryOut({ kind: 'wait', ms: 1000 });
  return stage.heard.filter(({ meant }) => meant?.kind === 'reading').length;
}

function nameAnswer({ meant }: ReceivedLine): readonly string[] {
  if (meant?.kind === 'ok') return [meant.verb];
  if (meant?.kind === 'error') return [String(meant.code)];
  return meant?.kind === 'id' || meant?.kind === 'caps' || meant?.kind === 'sync'
    ? [meant.kind]
    : [];
}

class Stage {
  readonly acts: string[] = [];
  readonly bytes: string[] = [];
  readonly heard: ReceivedLine[] = [];
  resets = 0;
  readonly #link: TimedLink;
  readonly #cutter = new LineCutter();
  #lines: ReceivedLine[] = [];
  #met: ReceivedLine | undefined;

  constructor(link: TimedLink) {
    this.#link = link;
    link.onData((chunk) => {
      for (const { atMs, bytes } of this.#cutter.push(chunk, link.timers.now())) {
        const line = { ...readLine(bytes), atMs, bytes };
        this.#lines.push(line);
        this.heard.push(line);
      }
    });
  }

  takeHappening(): Happening {
    const happening = {
      nowMs: this.#link.timers.now(),
      lines: this.#lines,
      met: this.#met,
      unfinished: this.#cutter.unfinished,
    };
    this.#lines = [];
    this.#met = undefined;
    return happening;
  }

  carryOut(step: Step): void {
    if (step.kind === 'act') this.acts.push(step.name);
    if (step.kind === 'send') {
      this.bytes.push(step.bytes);
      this.#link.write(step.bytes);
    }
    if (step.kind === 'reset') {
      this.resets++;
      this.#link.reset?.();
    }
    if (step.kind === 'wait') this.#wait(step.ms, step.until);
  }

  #wait(ms: number, until: (line: ReceivedLine) => boolean = () => false): void {
    const { timers } = this.#link;
    const endMs = timers.now() + ms;
    let isOver = false;
    timers.at(endMs, () => {
      isOver = true;
    });
    this.#met = this.#lines.find(until);
    while (!isOver && this.#met === undefined) {
      timers.run(endMs, 1);
      this.#met = this.#lines.find(until);
    }
  }
}
