import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { InFlightBudget } from '../../../bridge/broker/in-flight-budget.ts';
import type { BudgetWaiter } from '../../../bridge/broker/in-flight-budget.ts';

/** Takes its cost when called, or waits on. */
function waiter(budget: InFlightBudget, name: string, cost: number, log: string[]): BudgetWaiter {
  const self = {
    onRoom: () => {
      if (budget.take(cost)) log.push(name);
      else budget.wait(self);
    },
  };
  return self;
}

describe('the budget of messages in flight', () => {
  it('is never exceeded, except by one message alone', () => {
    const budget = new InFlightBudget(100);
    expect([budget.take(60), budget.take(41), budget.take(40)]).toEqual([true, false, true]);
    expect(budget.used).toBe(100);
    budget.release(100);
    expect([budget.take(500), budget.take(1)]).toEqual([true, false]);
  });

  it('calls those who wait, in line, as far as there is room', async () => {
    const budget = new InFlightBudget(100);
    const log: string[] = [];
    budget.take(100);
    for (const name of ['a', 'b', 'c']) budget.wait(waiter(budget, name, 50, log));
    budget.release(5);
    await turn();
    expect(log).toEqual([]);
    budget.release(95);
    await turn();
    expect(log).toEqual(['a', 'b']);
    budget.release(50);
    await turn();
    expect(log).toEqual(['a', 'b', 'c']);
  });

  it('does not call those who have left, and calls a waiter that stays unserved once at a time', async () => {
    const budget = new InFlightBudget(100);
    const log: string[] = [];
    let calls = 0;
    const greedy: BudgetWaiter = {
      onRoom: () => {
        calls++;
        budget.wait(greedy);
      },
    };
    budget.take(100);
    const gone = waiter(budget, 'gone', 1, log);
    budget.wait(gone);
    budget.wait(greedy);
    budget.leave(gone);
    budget.release(50);
    await turn();
    expect([log, calls]).toEqual([[], 1]);
  });
});
