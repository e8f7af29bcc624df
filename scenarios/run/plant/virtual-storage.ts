import { BridgeError } from '../../../bridge/index.ts';
import type { LandingObject, ObjectSink } from '../../../bridge/index.ts';
import type { Fault, PlantFault, Timers, TruthLedger } from '../../../simulator/index.ts';

/** How long an object is on its way, in ms of the world. */
const TRAVEL_MS = 20;

type StorageFault = Extract<PlantFault, { kind: 'storage-down' | 'storage-slow' }>;

/** What a storage in virtual time needs. */
export interface VirtualStorageOptions {
  readonly timers: Timers;
  readonly ledger: TruthLedger;
  readonly faults: readonly Fault[];
}

/** A storage on the virtual clock that is away or slow while its faults are on. What it has taken stays in memory. */
export class VirtualStorage {
  readonly #options: VirtualStorageOptions;
  readonly #faults: readonly StorageFault[];
  readonly #objects = new Map<string, LandingObject>();

  constructor(options: VirtualStorageOptions) {
    this.#options = options;
    this.#faults = options.faults.filter(
      (fault) => fault.kind === 'storage-down' || fault.kind === 'storage-slow',
    );
  }

  /** What it holds, in the order of the keys' first arrivals. */
  get objects(): readonly LandingObject[] {
    return [...this.#objects.values()];
  }

  /** The storage as a process has it: a dead one is told nothing any more, but what it has sent arrives. */
  open(isAlive: () => boolean): ObjectSink {
    return {
      put: (object, signal) =>
        new Promise((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
          this.#receive(object, (failure) => {
            if (!isAlive()) return;
            if (failure === undefined) resolve();
            else reject(failure);
          });
        }),
    };
  }

  #receive(object: LandingObject, answer: (failure?: BridgeError) => void): void {
    const { timers, ledger } = this.#options;
    const nowMs = timers.now();
    const active = this.#faults.filter(({ atMs, untilMs }) => atMs <= nowMs && nowMs < untilMs);
    if (active.some(({ kind }) => kind === 'storage-down')) {
      ledger.note('storage-down');
      timers.at(nowMs + TRAVEL_MS, () => answer(unreachable()));
      return;
    }
    const slow = active.find((fault) => fault.kind === 'storage-slow');
    if (slow !== undefined) ledger.note('storage-slow');
    timers.at(nowMs + (slow?.byMs ?? TRAVEL_MS), () => {
      this.#objects.set(object.key, object);
      answer();
    });
  }
}

function unreachable(): BridgeError {
  return new BridgeError(
    'STORAGE_UNREACHABLE',
    'The simulated storage is away. It is back when the fault of the scenario ends.',
  );
}
