/** Keeps a process within its memory while the engine works: nobody tells beforehand what that holds beside what it counts. */

/** Memory as it is at one moment, in bytes. */
export interface MemoryState {
  /** What the process may hold. */
  readonly processBytes: number;
  /** What it holds. */
  readonly heldBytes: number;
  /** What the engine may count as long as there is room. */
  readonly engineBytes: number;
  /** What the engine may count now. */
  readonly limitBytes: number;
  /** What it counts now. */
  readonly countedBytes: number;
}

/** What a governor looks at and acts on. */
export interface GovernedMemory {
  readonly processBytes: number;
  readonly engineBytes: number;
  heldBytes(): number;
  countedBytes(): Promise<number>;
  /** Sets what the engine may count; it writes to disk what is above it. Rejects where it cannot. */
  setLimit(bytes: number): Promise<void>;
  /** Gives the system back what the C library keeps of freed memory. */
  trim(): void;
}

const LOOK_MS = 100;
/** Above this share of what the process may hold, the engine gives memory up; below the other one, it gets some back. */
const CROWDED_SHARE = 0.88;
const ROOMY_SHARE = 0.78;
/** The engine keeps at least this share of its own: with less, its queries fail instead of going to disk. */
const FLOOR_SHARE = 0.5;
/** What it gets back at a time, as a share of its own. */
const BACK_SHARE = 0.02;

/** What the engine may count from now on, in bytes: less by what the process holds too much, or a little more again. */
export function governedLimit(state: MemoryState): number {
  const { processBytes, heldBytes, engineBytes, limitBytes, countedBytes } = state;
  const excess = heldBytes - CROWDED_SHARE * processBytes;
  if (excess > 0) {
    const wanted = Math.min(limitBytes, countedBytes) - excess;
    return Math.min(limitBytes, Math.floor(Math.max(wanted, FLOOR_SHARE * engineBytes)));
  }
  if (heldBytes > ROOMY_SHARE * processBytes) return limitBytes;
  return Math.min(engineBytes, Math.floor(limitBytes + BACK_SHARE * engineBytes));
}

/** Looks at the memory of the process ten times a second, and moves the limit of the engine. */
export class MemoryGovernor {
  readonly #memory: GovernedMemory;
  readonly #timer: NodeJS.Timeout;
  #limitBytes: number;
  #looking: Promise<void> | undefined;

  constructor(memory: GovernedMemory) {
    this.#memory = memory;
    this.#limitBytes = memory.engineBytes;
    this.#timer = setInterval(() => {
      this.#looking ??= this.look().finally(() => (this.#looking = undefined));
    }, LOOK_MS);
    this.#timer.unref();
  }

  /** Looks once, and sets the limit where it has to move. What the engine has no memory to do now is tried again. */
  async look(): Promise<void> {
    await this.#govern().catch(() => undefined);
  }

  async #govern(): Promise<void> {
    const { processBytes, engineBytes } = this.#memory;
    if (this.#isCrowded()) this.#memory.trim();
    if (!this.#isCrowded() && this.#limitBytes === engineBytes) return;
    const limitBytes = this.#limitBytes;
    const countedBytes = await this.#memory.countedBytes();
    const heldBytes = this.#memory.heldBytes();
    const next = governedLimit({ processBytes, heldBytes, engineBytes, limitBytes, countedBytes });
    if (next === limitBytes) return;
    await this.#memory.setLimit(next);
    this.#limitBytes = next;
  }

  /** Ends its looking; resolves when nothing is asked of the engine any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  #isCrowded(): boolean {
    return this.#memory.heldBytes() > CROWDED_SHARE * this.#memory.processBytes;
  }
}
