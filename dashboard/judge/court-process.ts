/** The judge's process as the demo holds it: questions go in, answers come out. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { moduleBeside, workerExecArgv } from '../../scenarios/index.ts';
import type { World } from '../../simulator/index.ts';
import type { CourtOptions } from './court.ts';
import { JudgeError } from './judge-error.ts';
import type { JudgeOrder, JudgeQuestion, JudgeReply } from './judge-messages.ts';

/** Of what the process writes to stderr, the last characters are kept to tell why it ended. */
const LAST_WORDS = 2_000;

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (failure: JudgeError) => void;
}

/** One process with one court in it. */
export class CourtProcess {
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, Asked>();
  readonly #gone: Promise<void>;
  #number = 0;
  #lastWords = '';
  #end: string | undefined;

  constructor(options: CourtOptions) {
    this.#child = fork(fileURLToPath(moduleBeside('./judge-process', import.meta.url)), [], {
      execArgv: workerExecArgv(),
      // NaN, Infinity and undefined survive in it, which JSON would lose.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.on('message', (reply) => this.#take(reply as JudgeReply));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#lastWords = `${this.#lastWords}${text}`.slice(-LAST_WORDS);
    });
    this.#gone = new Promise((resolve) => {
      this.#child.on('error', (error) => {
        this.#fail(`could not be started: ${error.message}`);
        resolve();
      });
      this.#child.on('exit', (code, signal) => {
        const end = (): void => {
          const how = signal === null ? `exit code ${code}` : signal;
          this.#fail(`ended with ${how}. ${this.#lastWords.trim()}`.trim());
          resolve();
        };
        // What it wrote last may still be on its way.
        if (this.#child.stderr?.closed === false) this.#child.stderr.once('close', end);
        else end();
      });
    });
    this.#send({ kind: 'begin', options });
  }

  /** Whether it can be asked. */
  get isAlive(): boolean {
    return this.#end === undefined;
  }

  updateWorld(world: Partial<World>): void {
    this.#send({ kind: 'world', world });
  }

  /** Asks. Rejects with JudgeError: JUDGE_ENDED when the process ends before it has answered. */
  ask(question: JudgeQuestion): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(new JudgeError('JUDGE_ENDED', this.#end));
      const number = this.#number++;
      this.#asked.set(number, { resolve, reject });
      this.#send({ kind: 'question', number, question });
    });
  }

  /**
   * Ends the process, and waits until it is gone. It is not asked to end by itself: in the middle of a judgement it would
   * hear of that much later, and all that it has is in a folder that is removed after it.
   */
  async close(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  #take(reply: JudgeReply): void {
    const asked = this.#asked.get(reply.number);
    this.#asked.delete(reply.number);
    if (reply.kind === 'answer') asked?.resolve(reply.value);
    else asked?.reject(toError(reply.failure));
  }

  #fail(how: string): void {
    this.#end ??= `The judge ${how}`;
    for (const { reject } of this.#asked.values()) reject(new JudgeError('JUDGE_ENDED', this.#end));
    this.#asked.clear();
  }

  #send(order: JudgeOrder): void {
    // A process that is gone tells so by its end, which is an event of its own.
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }
}

function toError({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): JudgeError {
  switch (code) {
    case 'VERDICT_PENDING':
    case 'READING_UNKNOWN':
    case 'LEDGER_UNREADABLE':
      return new JudgeError(code, message);
    default:
      return new JudgeError('JUDGE_FAILED', `${code}: ${message}`);
  }
}
