/** A storage that fails in every way that an endpoint of S3 knows, in virtual time. */
import type { LandingObject, ObjectSink } from '../../../bridge/index.ts';
import { drawChance, drawInteger } from '../../../simulator/core/random.ts';
import type { Random } from '../../../simulator/index.ts';
import type { Landed } from '../oracle.ts';
import { parseSeriesKey } from '../segment-series.ts';
import type { Machine, SimProcess } from './sim-process.ts';
import { SystemFailure } from './system-failure.ts';

/** The ways in which an attempt to store something can go wrong. */
export const STORAGE_FAULTS = [
  'reset-after-body',
  'reset-before-body',
  'status-429',
  'status-500',
  'status-503',
  'slow',
  'hanging',
  'truncated',
  'wrong-credentials',
  'missing-bucket',
  'down',
] as const;

/** One of {@link STORAGE_FAULTS}. */
export type StorageFault = (typeof STORAGE_FAULTS)[number];

/** What befalls attempts while it lasts: each with a probability of `rate`. */
export interface StorageWeather {
  readonly fault: StorageFault;
  readonly rate: number;
}

const TRAVEL_MS = [2, 40] as const;
const SLOW_MS = [2_000, 25_000] as const;
/** An object may arrive long after everybody gave it up. */
const LATE_MS = [1_000, 120_000] as const;

interface Attempt {
  readonly key: string;
  readonly body: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (cause: SystemFailure) => void;
}

/** A bucket, and everything that ever contradicted what a bridge may do to it. */
export class SimStorage {
  readonly #machine: Machine;
  readonly #random: Random;
  readonly #objects = new Map<string, Uint8Array>();
  /** Keys that were whole at any time, with their bytes: nothing else may ever be put there. */
  readonly #whole = new Map<string, Uint8Array>();
  /** The numbers of each series that were stored, or of which it was told that they are damaged. */
  readonly #numbers = new Map<string, Set<number>>();
  readonly violations: string[] = [];
  readonly met: Map<StorageFault, number> = new Map<StorageFault, number>();
  weather: StorageWeather | undefined;

  constructor(machine: Machine, random: Random) {
    this.#machine = machine;
    this.#random = random;
  }

  get objects(): readonly Landed[] {
    return [...this.#objects].map(([key, body]) => ({ key, body }));
  }

  /** Objects that were whole at some time: the others were kept short, and their segment was damaged before the retry. */
  get wholeObjects(): readonly Landed[] {
    return this.objects.filter(({ key }) => this.#whole.has(key));
  }

  /** The storage as a process reaches it. What is under way when the process dies may arrive all the same. */
  open(process: SimProcess): ObjectSink {
    return {
      put: (object, signal) =>
        new Promise((resolve, reject) => {
          const whenAlive =
            <Args extends unknown[]>(action: (...args: Args) => void) =>
            (...args: Args): void => {
              if (process.isAlive) action(...args);
            };
          const attempt = {
            key: object.key,
            body: Uint8Array.from(bytesOf(object)),
            resolve: whenAlive(resolve),
            reject: whenAlive(reject),
          };
          signal?.addEventListener('abort', () => attempt.reject(failure('ABORTED')));
          this.#receive(attempt);
        }),
    };
  }

  #receive(attempt: Attempt): void {
    const { weather } = this;
    const isHit = weather !== undefined && drawChance(this.#random, weather.rate);
    if (!isHit) {
      this.#after(TRAVEL_MS, () => {
        this.#keep(attempt, attempt.body);
        this.#after(TRAVEL_MS, attempt.resolve);
      });
      return;
    }
    const { fault } = weather;
    this.met.set(fault, (this.met.get(fault) ?? 0) + 1);
    this.#fail(attempt, fault);
  }

  #fail(attempt: Attempt, fault: StorageFault): void {
    const refuse = (code: string): void => attempt.reject(failure(code));
    switch (fault) {
      case 'reset-after-body':
        this.#after(TRAVEL_MS, () => this.#keep(attempt, attempt.body));
        this.#after([50, 90], () => refuse('ECONNRESET'));
        break;
      case 'slow':
        this.#after(SLOW_MS, () => {
          this.#keep(attempt, attempt.body);
          this.#after(TRAVEL_MS, attempt.resolve);
        });
        break;
      case 'hanging':
        if (drawChance(this.#random, 0.5)) {
          this.#after(LATE_MS, () => this.#keep(attempt, attempt.body));
        }
        break;
      case 'truncated':
        this.#after(TRAVEL_MS, () => this.#truncate(attempt));
        this.#after([50, 90], () => refuse('STORAGE_REFUSED'));
        break;
      default:
        this.#after(TRAVEL_MS, () => refuse(fault));
    }
  }

  #truncate({ key, body }: Attempt): void {
    // A later attempt that was quicker has the last word.
    if (this.#whole.has(key)) return;
    this.#objects.set(key, body.slice(0, drawInteger(this.#random, 0, body.length - 1)));
  }

  #keep({ key }: Attempt, body: Uint8Array): void {
    const before = this.#whole.get(key);
    // What is told of a damaged segment changes when it is damaged more before that is marked.
    const isWhole = parseSeriesKey(key)?.part === 'whole';
    if (before !== undefined && isWhole && !Buffer.from(before).equals(body)) {
      this.violations.push(`repeat: ${key} was put again with other bytes`);
    }
    if (before === undefined) this.#checkOrder(key);
    this.#whole.set(key, body);
    this.#objects.set(key, body);
  }

  /** What is there is complete up to the highest number, at every moment. */
  #checkOrder(key: string): void {
    const object = parseSeriesKey(key);
    if (object === undefined) {
      this.violations.push(`name: ${key} says not of which segment it is`);
      return;
    }
    const { series, number } = object;
    const stored = this.#numbers.get(series) ?? new Set([0]);
    this.#numbers.set(series, stored.add(number));
    if (stored.has(number - 1)) return;
    this.violations.push(`order: ${key} is visible before the segment in front of it`);
  }

  #after([least, most]: readonly [number, number], action: () => void): void {
    this.#machine.at(this.#machine.now() + drawInteger(this.#random, least, most), action);
  }
}

function bytesOf({ body }: LandingObject): Uint8Array {
  return typeof body === 'string' ? Buffer.from(body) : body;
}

function failure(code: string): SystemFailure {
  return new SystemFailure(code, 'the storage did not keep the object');
}
