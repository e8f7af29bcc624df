import { describe, expect, test } from 'vitest';
import type { SetAside } from '../../../scenarios/evidence/set-aside.ts';
import { LANDING_DIRT } from '../../../scenarios/oracles/dirt.ts';
import type { LandingDirt } from '../../../scenarios/run/dirt/soil-landing.ts';
import { EMPTY_ZONES, evidenceWith, RIGHT_ZONES } from '../small-world.ts';

const KEY = 'accelerometer_landing/date=2022-06-18/a.json';
const COPY = KEY.replace('a.json', 'copy.json');
const DIRT: LandingDirt = {
  late: [],
  objects: [
    {
      key: KEY,
      sameAs: [KEY, COPY],
      table: 'accelerometer_landing',
      kinds: ['nan', 'cut'],
      pieces: [
        { original: '{"x":NaN}', about: /JSON/ },
        { original: '{"x":NaN}', about: /JSON/ },
        { original: undefined, about: /compressed/ },
      ],
      lostLines: new Set([1, 2]),
      soundLines: 7,
    },
  ],
};
const ENTRY: SetAside = { file: KEY, reason: 'broken JSON', original: '{"x":NaN}' };
const END: SetAside = { file: KEY, reason: 'the compressed data ends too early', original: '{"x' };

function measure(quarantine: readonly SetAside[] | undefined, zones = RIGHT_ZONES): object {
  return LANDING_DIRT.measure(evidenceWith({ dirt: DIRT, quarantine, zones }));
}

describe('landing.dirt', () => {
  test('finds nothing when every broken place has its entry', () => {
    const sound = { measured: 0, chances: 10, offenders: [] };
    expect(measure([ENTRY, END, ENTRY])).toMatchObject(sound);
    expect(measure([ENTRY, END, { ...ENTRY, file: COPY }])).toMatchObject(sound);
  });

  test.each<[string, readonly SetAside[], number]>([
    ['a place without an entry', [ENTRY, END], 1],
    ['an entry for two places', [ENTRY], 2],
    ['no entry at all', [], 3],
    ['an entry of another object', [ENTRY, END, { ...ENTRY, file: 'other.json' }], 2],
    [
      'an entry whose reason speaks of something else',
      [ENTRY, END, { ...ENTRY, reason: 'x is missing' }],
      2,
    ],
    ['an entry with other bytes', [ENTRY, END, { ...ENTRY, original: '{"x":1}' }], 2],
    ['an entry without bytes', [ENTRY, END, { ...ENTRY, original: '' }], 2],
    ['an entry about something whole', [ENTRY, END, ENTRY, { ...ENTRY, original: '{"x":2}' }], 1],
  ])('counts %s', (_what, quarantine, measured) => {
    expect(measure(quarantine)).toMatchObject({ measured });
  });

  test('asks a pipeline that keeps no quarantine only for what is whole', () => {
    expect(measure(undefined)).toMatchObject({ measured: 0, chances: 10 });
    const { measured } = measure(undefined, EMPTY_ZONES) as { measured: number };
    expect(measured).toBeGreaterThan(0);
  });

  test('has no chance where nothing is dirty', () => {
    expect(LANDING_DIRT.measure(evidenceWith())).toMatchObject({ measured: 0, chances: 0 });
  });
});
