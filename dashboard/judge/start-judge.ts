import type { World } from '../../simulator/index.ts';
import type { ObjectPage, ReadingLife, RowPage } from '../api.ts';
import type { CourtOptions } from './court.ts';
import { CourtProcess } from './court-process.ts';
import { JudgeError } from './judge-error.ts';
import type { JudgeQuestion } from './judge-messages.ts';
import type { Judge, JudgeOptions, JudgeReport, RowsAsked } from './judge.ts';
import type { Judged } from './judged.ts';
import { withoutMotion } from './told-world.ts';

/** How long a judge rests between two judgements, in real ms. */
const REST_MS = 1_000;
/** A judge whose process ends so often without a verdict is not started again. */
const ENDS_MAX = 3;

/** Starts a judge in a process of its own. Whoever starts it closes it. */
export function startJudge(options: JudgeOptions): Judge {
  return new ProcessJudge(options);
}

class ProcessJudge implements Judge {
  readonly #options: JudgeOptions;
  #world: World;
  #process: CourtProcess;
  #lives = 0;
  #endsInARow = 0;
  #rest: NodeJS.Timeout | undefined;
  #isClosed = false;
  #judging: Promise<void>;

  constructor(options: JudgeOptions) {
    this.#options = options;
    this.#world = withoutMotion(options.world);
    this.#process = this.#start();
    this.#judging = this.#judgeAndRest();
  }

  updateWorld(world: World): void {
    // People and boxes never change, and people are most of a world.
    const { people: _people, boxes: _boxes, ...changed } = world;
    this.#world = { ...this.#world, ...changed };
    this.#process.updateWorld(changed);
  }

  rows(query: RowsAsked): Promise<RowPage> {
    return this.#ask({ ask: 'rows', query }) as Promise<RowPage>;
  }

  life(reading: number): Promise<ReadingLife> {
    return this.#ask({ ask: 'life', reading }) as Promise<ReadingLife>;
  }

  objects(table: string): Promise<ObjectPage> {
    return this.#ask({ ask: 'objects', table }) as Promise<ObjectPage>;
  }

  report(): Promise<JudgeReport> {
    return this.#ask({ ask: 'report' }) as Promise<JudgeReport>;
  }

  async judgeNow(): Promise<void> {
    // What is being judged may have been looked at before now.
    await this.#judging;
    clearTimeout(this.#rest);
    this.#judging = this.#judgeAndRest();
    await this.#judging;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#rest);
    await this.#process.close();
    await this.#judging;
  }

  #start(): CourtProcess {
    const { landing, ledger, plan, file, folder } = this.#options;
    // A copy that a process left behind when it was ended may be cut off.
    const own = `${folder}/${this.#lives++}`;
    const court: CourtOptions = { landing, ledger, plan, file, folder: own, world: this.#world };
    return new CourtProcess(court);
  }

  async #judgeAndRest(): Promise<void> {
    await this.#judgeOnce();
    if (this.#isClosed || this.#endsInARow >= ENDS_MAX) return;
    this.#rest = setTimeout(() => {
      this.#judging = this.#judgeAndRest();
    }, REST_MS);
  }

  async #judgeOnce(): Promise<void> {
    try {
      const question = { ask: 'judge', asOfMs: this.#options.now() } as const;
      const judged = (await this.#ask(question)) as Judged | undefined;
      if (judged === undefined || this.#isClosed) return;
      this.#endsInARow = 0;
      this.#options.onVerdict(judged);
    } catch (error) {
      if (this.#isClosed) return;
      const { code, message } = error as JudgeError;
      this.#options.onTrouble({ code, message });
      if (this.#process.isAlive) return;
      // All that it knew is in the landing zone and in the ledger.
      if (++this.#endsInARow < ENDS_MAX) this.#process = this.#start();
    }
  }

  #ask(question: JudgeQuestion): Promise<unknown> {
    if (!this.#isClosed) return this.#process.ask(question);
    return Promise.reject(new JudgeError('JUDGE_ENDED', 'The judge was closed.'));
  }
}
