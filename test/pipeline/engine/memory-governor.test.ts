import { describe, expect, it } from 'vitest';
import { governedLimit, MemoryGovernor } from '../../../pipeline/engine/memory-governor.ts';
import type { GovernedMemory, MemoryState } from '../../../pipeline/engine/memory-governor.ts';

const CALM: MemoryState = {
  processBytes: 1_000,
  heldBytes: 500,
  engineBytes: 600,
  limitBytes: 600,
  countedBytes: 400,
};

describe('the limit of the engine', () => {
  it('stays whole while the process has room', () => {
    expect(governedLimit(CALM)).toBe(600);
  });

  it('falls below what the engine counts by what the process holds too much', () => {
    expect(governedLimit({ ...CALM, heldBytes: 920, countedBytes: 590 })).toBe(550);
  });

  it('keeps half, however much the process holds', () => {
    expect(governedLimit({ ...CALM, heldBytes: 3_000 })).toBe(300);
  });

  it('never rises while the process is crowded, even from below its half', () => {
    expect(governedLimit({ ...CALM, heldBytes: 3_000, limitBytes: 250 })).toBe(250);
  });

  it('rests between too much and enough room, and comes back little by little', () => {
    expect(governedLimit({ ...CALM, heldBytes: 820, limitBytes: 400 })).toBe(400);
    expect(governedLimit({ ...CALM, limitBytes: 400 })).toBe(412);
    expect(governedLimit({ ...CALM, limitBytes: 599 })).toBe(600);
  });
});

/** A process that holds half as much again as its engine counts, and 100 bytes that can be trimmed. */
class Crowded implements GovernedMemory {
  readonly processBytes = 1_000;
  readonly engineBytes = 700;
  readonly limits: number[] = [];
  counted = 700;
  kept = 100;
  refuses = false;
  refusesLimits = false;

  heldBytes(): number {
    return 1.5 * this.counted + this.kept;
  }

  countedBytes(): Promise<number> {
    if (this.refuses) return Promise.reject(new Error('out of memory'));
    return Promise.resolve(this.counted);
  }

  setLimit(bytes: number): Promise<void> {
    if (this.refusesLimits) return Promise.reject(new Error('could not free up enough memory'));
    this.limits.push(bytes);
    this.counted = Math.min(this.counted, bytes);
    return Promise.resolve();
  }

  trim(): void {
    this.kept = 0;
  }
}

describe('a governor', () => {
  it('brings a crowded process below what it may hold', async () => {
    const memory = new Crowded();
    const governor = new MemoryGovernor(memory);
    for (let look = 0; look < 3; look++) await governor.look();
    await governor.stop();
    expect(memory.heldBytes()).toBeLessThan(memory.processBytes);
    expect(memory.kept).toBe(0);
  });

  it('asks nothing of the engine where trimming is enough', async () => {
    const memory = new Crowded();
    memory.counted = 550;
    const governor = new MemoryGovernor(memory);
    await governor.look();
    await governor.stop();
    expect(memory.limits).toEqual([]);
  });

  it('tries again what the engine could not do, and gives back what is free later', async () => {
    const memory = new Crowded();
    const governor = new MemoryGovernor(memory);
    memory.refuses = true;
    await governor.look();
    memory.refuses = false;
    memory.refusesLimits = true;
    await governor.look();
    memory.refusesLimits = false;
    await governor.look();
    const low = memory.limits.at(-1) ?? 0;
    expect(low).toBeLessThan(700);
    memory.counted = 100;
    await governor.look();
    expect(memory.limits.at(-1)).toBeGreaterThan(low);
    await governor.stop();
  });
});
