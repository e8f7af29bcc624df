import { describe, expect, it, test } from 'vitest';
import { drawSerial, drawSerialAnew } from '../../../simulator/core/fulfilment.ts';
import type { SerialsSpec } from '../../../simulator/core/world-spec.ts';
import { seededStreams } from '../../../simulator/seeded-random.ts';
import { sampleWorld, WORLD_START_MS } from './sample-world.ts';

const STREAMS = seededStreams(1);
const BOXES = [0, 1, 2, 3].map((id) => ({ id, serialNumber: `serial-${id}`, driftPpm: 0 }));
const PERSON = { id: 6, station: 3 };

describe('the serial number that a customer gets', () => {
  it.each<[string, SerialsSpec]>([
    ['serial-3', { kind: 'own' }],
    ['serial-0', { kind: 'pool', size: 3, assign: 'round-robin' }],
    ['serial-2', { kind: 'pool', size: 9, assign: 'round-robin' }],
    ['serial-1', { kind: 'pool', size: 3, assign: 'shifted' }],
  ])('%s of %j', (expected, serials) => {
    expect(drawSerial(PERSON, serials, BOXES, STREAMS)).toBe(expected);
  });

  it.each(['random', 'skewed'] as const)('is drawn from a stream of the person: %s', (assign) => {
    const names: string[] = [];
    const streams = (name: string): ReturnType<typeof STREAMS> => {
      names.push(name);
      return STREAMS(name);
    };
    const serials = { kind: 'pool', size: 3, assign } as const;
    expect(['serial-0', 'serial-1', 'serial-2']).toContain(
      drawSerial(PERSON, serials, BOXES, streams),
    );
    const { boxes, spec } = sampleWorld();
    const change = { atMs: WORLD_START_MS + 7_000, serials };
    drawSerialAnew({ boxes, spec }, PERSON, change, streams);
    expect(names).toEqual(['person:6/fulfilment', 'person:6/fulfilment/7000']);
  });
});

test('whoever moves to another trainer has the number of that one from then on', () => {
  const world = sampleWorld();
  const box = { id: 10, serialNumber: 'new', driftPpm: 0 };
  const atMs = WORLD_START_MS + 9_000;
  const moved = { ...world, moves: [{ atMs, station: 3, box, reason: 'return' as const }] };
  const serialAt = (timeMs: number): string =>
    drawSerialAnew(moved, PERSON, { atMs: timeMs, serials: { kind: 'own' } }, STREAMS);
  expect(serialAt(atMs)).toBe('new');
  expect(serialAt(atMs - 1)).toBe(world.boxes[3]?.serialNumber);
});
