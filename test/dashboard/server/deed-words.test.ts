import { expect, test } from 'vitest';
import type { Deed } from '../../../dashboard/api.ts';
import { tellDeed } from '../../../dashboard/server/deed-words.ts';

const CAST = { people: ['Ana', 'Ben'], ports: ['ttySTEDI0', 'ttySTEDI1'] };

test.each<[Deed, string]>([
  [{ do: 'consent', person: 0, isGiven: false }, 'Ana withdrew consent'],
  [{ do: 'consent', person: 1, isGiven: true }, 'Ben gave consent'],
  [{ do: 'serials', pool: 2 }, 'The website gave its 2 customers 2 serial numbers in turn'],
  [{ do: 'serials', pool: 1 }, 'The website gave its 2 customers one and the same serial number'],
  [{ do: 'serials', pool: null }, 'The website wrote every customer a serial number of their own'],
  [{ do: 'skew', ms: 300 }, 'The clocks of phones went wrong by up to 300 ms'],
  [{ do: 'skew', ms: 2_500 }, 'The clocks of phones went wrong by up to 2.5 s'],
  [{ do: 'skew', ms: 0 }, 'The clocks of all phones were set right'],
  [{ do: 'unplug', station: 1, isOn: true }, 'The trainer on ttySTEDI1 was unplugged'],
  [{ do: 'unplug', station: 1, isOn: false }, 'The trainer on ttySTEDI1 was plugged in again'],
  [{ do: 'garble', station: 0, isOn: true }, 'The line of ttySTEDI0 began to garble'],
  [{ do: 'garble', station: 0, isOn: false }, 'The line of ttySTEDI0 is clean again'],
  [{ do: 'swap', station: 0, with: 1 }, 'The trainers on ttySTEDI0 and ttySTEDI1 changed places'],
  [{ do: 'broker', isUp: false }, 'The broker went down'],
  [{ do: 'storage', isUp: true }, 'S3 answers again'],
  [{ do: 'policy', policy: 'classic' }, 'The page shows what the classic pipeline believes'],
  [{ do: 'speed', factor: 4 }, 'Time passes 4 times as fast as it really does'],
  [{ do: 'speed', factor: 1 }, 'Time passes as it really does'],
  [{ do: 'pause', isOn: true }, 'Time stands still'],
])('%j is told', (deed, text) => {
  expect(tellDeed(deed, CAST)).toBe(text);
});
