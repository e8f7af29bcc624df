/** Does deeds to a world that is under way, and remembers them. */
import type { Fleet, Timers } from '../../simulator/index.ts';
import { ScenarioError } from '../scenario-error.ts';
import { effectOf } from './deeds.ts';
import type { DeedEffect, DoneDeed, LiveDeed } from './deeds.ts';
import type { StorageOutage } from './storage-outage.ts';

/** How many changes of one kind, and how many of serial numbers, a scenario file takes. */
const CHANGES_MAX = 1_000;
const SERIAL_CHANGES_MAX = 100;

/** What deeds are done to. */
export interface DeedTargets {
  readonly timers: Pick<Timers, 'now'>;
  readonly fleet: Pick<Fleet, 'world' | 'trainers' | 'change' | 'strike'>;
  /** False for a broker of somebody else. */
  readonly hasBroker: boolean;
  /** `undefined` for a storage of somebody else. */
  readonly outage: StorageOutage | undefined;
}

/** A fault that somebody began and nobody has ended. */
interface OpenDeed {
  readonly index: number;
  readonly end: () => void;
}

/** What is done to a world, in the order of time. */
export class WorldDeeds {
  readonly #targets: DeedTargets;
  readonly #done: DoneDeed[] = [];
  readonly #open = new Map<string, OpenDeed>();
  #isOver = false;

  constructor(targets: DeedTargets) {
    this.#targets = targets;
  }

  /** What was done until now. The deed that ends a fault stands as the end of the one that began it. */
  get done(): readonly DoneDeed[] {
    return this.#done;
  }

  /** Whether a fault is on that a deed began, such as `broker` or `unplug:3`. */
  isOn(key: string): boolean {
    return this.#open.has(key);
  }

  /**
   * Does a deed now, and tells when it takes effect, in epoch ms of the world. What is so already stays so.
   *
   * @throws ScenarioError DEED_REFUSED when it cannot be done as things are
   */
  do(deed: LiveDeed): number {
    if (this.#isOver) throw refusal('The world of this run is over. Begin anew.');
    this.#check(deed);
    const effect = effectOf(deed);
    const atMs = Math.floor(this.#targets.timers.now());
    switch (effect.kind) {
      case 'change': {
        const change = this.#targets.fleet.change(effect.change);
        this.#note(deed, change.atMs);
        return change.atMs;
      }
      case 'swap':
        this.#targets.fleet.strike(effect.fault);
        this.#note(deed, atMs);
        return atMs;
      case 'switch':
        this.#switch(deed, effect, atMs);
        return atMs;
    }
  }

  /** Ends every fault that is on, as the world is over. To whoever reads the log they lasted. */
  end(): void {
    this.#isOver = true;
    for (const { end } of this.#open.values()) end();
    this.#open.clear();
  }

  #switch(
    deed: LiveDeed,
    { key, isOn, fault }: Extract<DeedEffect, { kind: 'switch' }>,
    atMs: number,
  ): void {
    const open = this.#open.get(key);
    if (isOn && open === undefined) {
      this.#open.set(key, { index: this.#done.length, end: this.#strike(fault) });
      this.#note(deed, atMs);
    } else if (!isOn && open !== undefined) {
      this.#open.delete(key);
      open.end();
      this.#done[open.index] = { ...(this.#done[open.index] as DoneDeed), untilMs: atMs };
    }
  }

  #strike(fault: Extract<DeedEffect, { kind: 'switch' }>['fault']): () => void {
    const { fleet, outage } = this.#targets;
    if (fault === 'storage-down') return outage?.takeAway() ?? (() => undefined);
    const struck = fleet.strike(fault);
    return () => struck.end();
  }

  #note(deed: LiveDeed, atMs: number): void {
    this.#done.push({ deed, atMs, untilMs: undefined });
  }

  #check(deed: LiveDeed): void {
    this.#checkCount(deed);
    switch (deed.do) {
      case 'consent':
        return this.#checkPerson(deed.person);
      case 'unplug':
      case 'garble':
        return this.#checkStations([deed.station]);
      case 'swap':
        return this.#checkStations([deed.station, deed.with]);
      case 'serials':
        return this.#checkPool(deed.pool);
      case 'broker':
      case 'storage':
        return this.#checkOurs(deed.do);
      case 'skew':
        return;
    }
  }

  #checkCount(deed: LiveDeed): void {
    const limit = deed.do === 'serials' ? SERIAL_CHANGES_MAX : CHANGES_MAX;
    if (this.#done.filter((other) => other.deed.do === deed.do).length < limit) return;
    throw refusal(`That was done ${limit} times: a scenario file takes no more. Begin anew.`);
  }

  #checkOurs(part: 'broker' | 'storage'): void {
    const { hasBroker, outage } = this.#targets;
    if (part === 'broker' ? hasBroker : outage !== undefined) return;
    const option = part === 'broker' ? '--broker' : '--s3';
    throw refusal(`The ${part} is not ours to take away. Leave ${option} out.`);
  }

  #checkPerson(person: number): void {
    const { world } = this.#targets.fleet;
    if (world.people[person] !== undefined) return;
    throw refusal(
      `There is no person ${person}. They are numbered 0 to ${world.people.length - 1}.`,
    );
  }

  #checkPool(pool: number | null): void {
    const { boxes } = this.#targets.fleet.world;
    if (pool === null || (Number.isInteger(pool) && pool >= 1 && pool <= boxes.length)) return;
    throw refusal(`A pool holds 1 to ${boxes.length} serial numbers: those of trainers.`);
  }

  #checkStations(stations: readonly number[]): void {
    const { trainers } = this.#targets.fleet;
    for (const station of stations) {
      if (trainers[station] !== undefined) continue;
      throw refusal(
        `Station ${station} is not one of the simulated ones, 0 to ${trainers.length - 1}.`,
      );
    }
    if (stations.length < 2) return;
    if (stations[0] === stations[1]) throw refusal('A trainer cannot change places with itself.');
    const empty = stations.find((station) => trainers[station]?.serialNumber === undefined);
    if (empty !== undefined) throw refusal(`There is no trainer at station ${empty} now.`);
  }
}

function refusal(message: string): ScenarioError {
  return new ScenarioError('DEED_REFUSED', message);
}
