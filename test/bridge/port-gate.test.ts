import { expect, it } from 'vitest';
import { PortGate } from '../../bridge/port-gate.ts';

/** A gate in front of a store that is full when a test says so. */
function gateOf(): {
  readonly gate: PortGate;
  readonly store: { isFull: boolean };
  readonly held: number[];
  admitted: (lines: number, bytes: number) => number;
} {
  const store = { isFull: false };
  const held: number[] = [];
  let bytesSoFar = 0;
  const gate = new PortGate({ store, hold: () => held.push(bytesSoFar) });
  const admitted = (lines: number, bytes: number): number => {
    let count = 0;
    for (let line = 0; line < lines; line++) {
      bytesSoFar += bytes;
      if (gate.admits(bytes)) count++;
    }
    return count;
  };
  return { gate, store, held, admitted };
}

it('lets everything through while there is room', () => {
  const { gate, held, admitted } = gateOf();
  expect(admitted(100_000, 500)).toBe(100_000);
  expect([gate.discardedLines, held]).toEqual([0, []]);
});

it('takes some lines, stops the device, takes what it still sends, and counts the rest', () => {
  const { gate, store, held, admitted } = gateOf();
  store.isFull = true;
  expect(admitted(163, 100)).toBe(163);
  expect(held).toEqual([]);
  expect(admitted(1, 100)).toBe(1);
  expect(held).toEqual([16_400]);
  expect(admitted(10_000, 100)).toBe(163);
  expect(gate.discardedLines).toBe(9_837);
});

it('begins anew each time that the store is full', () => {
  const { gate, store, held, admitted } = gateOf();
  for (let time = 0; time < 3; time++) {
    store.isFull = true;
    expect(admitted(160, 100)).toBe(160);
    store.isFull = false;
    expect(admitted(1, 100)).toBe(1);
  }
  expect([gate.discardedLines, held]).toEqual([0, []]);
});
