import { expect, test, vi } from 'vitest';
import { BridgeError } from '../../bridge/bridge-error.ts';
import { StorageCheck } from '../../bridge/storage-check.ts';

const AWAY = new BridgeError('STORAGE_UNREACHABLE', 'Nobody answers.');
const REFUSED = new BridgeError('STORAGE_REFUSED', 'There is no such bucket.');

/** A check whose answers are given one after the other, and whose time is moved by hand. */
function prepare(...answers: readonly (BridgeError | undefined)[]) {
  const left = [...answers];
  const ask = vi.fn<() => Promise<void>>(async () => {
    const answer = left.shift();
    if (answer !== undefined) throw answer;
  });
  const alarms: { readonly atMs: number; readonly action: () => void }[] = [];
  const timers = {
    now: () => 5_000,
    at: (atMs: number, action: () => void) => void alarms.push({ atMs, action }),
  };
  const said: string[] = [];
  const check = new StorageCheck({ ask, timers, onFailure: (text) => said.push(text) });
  const ring = async (): Promise<void> => {
    alarms.shift()?.action();
    // The answer comes a few turns later.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { check, said, alarms, ask, ring };
}

test('storage that answers is asked once', async () => {
  const { check, said, alarms } = prepare(undefined);
  await check.begin();
  expect([check.failure, said, alarms]).toEqual([undefined, [], []]);
});

test('storage that does not is asked again every ten seconds, and each cause is told once', async () => {
  const { check, said, alarms, ring } = prepare(AWAY, AWAY, REFUSED, undefined);
  await check.begin();
  expect(alarms[0]?.atMs).toBe(15_000);
  await ring();
  expect(check.failure).toBe('Nobody answers.');
  await ring();
  expect(said).toEqual(['Nobody answers.', 'There is no such bucket.']);
  await ring();
  expect([check.failure, alarms]).toEqual([undefined, []]);
});

test('an object that was stored is answer enough', async () => {
  const { check, said, alarms, ask, ring } = prepare(AWAY, AWAY);
  await check.begin();
  check.end();
  expect(check.failure).toBeUndefined();
  await ring();
  expect([ask.mock.calls.length, alarms, said]).toEqual([1, [], ['Nobody answers.']]);
});

test('a failure without a name is told in words without secrets', async () => {
  const { check } = prepare(Object.assign(new RangeError('secret'), {}) as unknown as BridgeError);
  await check.begin();
  expect(check.failure).toBe('The storage cannot be asked.');
});
