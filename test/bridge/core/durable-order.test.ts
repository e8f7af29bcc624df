import { describe, expect, it } from 'vitest';
import { DurableOrder } from '../../../bridge/core/durable-order.ts';

const LANDING = 'accelerometer_landing';
const QUARANTINE = 'quarantine/accelerometer_landing';

describe('DurableOrder', () => {
  it('calls who waits for a message when it is durable, not before, and once', () => {
    const order = new DurableOrder();
    const called: string[] = [];
    const [first, second] = [order.place(LANDING), order.place(LANDING)];
    order.whenDurable(second, () => called.push('second'));
    order.whenDurable(first, () => called.push('first'));
    order.whenDurable(first, () => called.push('first again'));
    expect(called).toEqual([]);
    order.advance(LANDING);
    expect(called).toEqual(['first', 'first again']);
    order.advance(LANDING);
    expect(called).toEqual(['first', 'first again', 'second']);
  });

  it('calls at once who comes when it is durable already', () => {
    const order = new DurableOrder();
    const place = order.place(LANDING);
    order.advance(LANDING);
    let called = 0;
    order.whenDurable(place, () => called++);
    expect(called).toBe(1);
  });

  it('keeps landing and quarantine apart', () => {
    const order = new DurableOrder();
    const called: string[] = [];
    const [landing, quarantine] = [order.place(LANDING), order.place(QUARANTINE)];
    order.whenDurable(landing, () => called.push('landing'));
    order.whenDurable(quarantine, () => called.push('quarantine'));
    order.advance(QUARANTINE);
    expect(called).toEqual(['quarantine']);
    order.advance(LANDING);
    expect(called).toEqual(['quarantine', 'landing']);
  });
});
