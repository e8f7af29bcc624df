import { expect, test } from 'vitest';
import type { BridgeStatus } from '../../../bridge/watch/bridge-status.ts';
import { judgeReadiness } from '../../../bridge/watch/readiness.ts';
import { QUIET } from './quiet-status.ts';

const AWAY = { isUp: false, failure: 'No bucket "lake". Create it.' };
const SERIAL = { devices: [] };

test('a bridge to which nothing happened is ready in all its parts', () => {
  expect(judgeReadiness(QUIET)).toEqual({
    ready: true,
    parts: {
      bridge: { ready: true, needed: true },
      spool: { ready: true, needed: true },
      storage: { ready: true, needed: false },
      broker: { ready: true, needed: true },
      listener: { ready: true, needed: true },
      serial: { ready: true, needed: false },
    },
  });
});

test('parts that a bridge was not told to have are not asked for', () => {
  const { parts, ready } = judgeReadiness({
    ...QUIET,
    broker: undefined,
    listener: undefined,
    serial: undefined,
  });
  expect([ready, Object.keys(parts)]).toEqual([true, ['bridge', 'spool', 'storage']]);
});

test.each<[string, Partial<BridgeStatus>, string, boolean, RegExp]>([
  ['a bridge that stops', { isClosing: true }, 'bridge', false, /stopping/],
  ['a full spool', { spool: { ...QUIET.spool, state: 'full' } }, 'spool', false, /Nothing is ack/],
  ['a failed spool', { spool: { ...QUIET.spool, state: 'failed' } }, 'spool', false, /ends/],
  ['storage away', { storage: { ...QUIET.storage, ...AWAY } }, 'storage', true, /Create it\.$/],
  [
    'a broker away',
    { broker: { ...QUIET.broker!, isUp: false, failure: 'The broker b:1 is away.' } },
    'broker',
    false,
    /b:1 is away/,
  ],
  [
    'an embedded broker that does not listen',
    { listener: { isOpen: false, connections: 0, refused: {} } },
    'listener',
    false,
    /does not listen/,
  ],
  [
    'one port of two away',
    { serial: { ...SERIAL, ports: { open: 1, away: 1 }, absent: ['/dev/a'] } },
    'serial',
    true,
    /^Not open: \/dev\/a\.$/,
  ],
  [
    'all ports away',
    { serial: { ...SERIAL, ports: { away: 1 }, absent: ['/dev/a'] } },
    'serial',
    false,
    /\/dev\/a/,
  ],
  [
    'a pattern that fits no port yet',
    { serial: { ...SERIAL, ports: {}, absent: [] } },
    'serial',
    true,
    /^$/,
  ],
])('%s', (_, change, name, ready, why) => {
  const judged = judgeReadiness({ ...QUIET, ...change });
  const part = judged.parts[name];
  expect(judged.ready).toBe(ready);
  expect(part?.why ?? '').toMatch(why);
  expect(part?.ready).toBe(part?.why === undefined);
});
