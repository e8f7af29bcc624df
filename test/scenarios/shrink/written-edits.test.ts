import { expect, test } from 'vitest';
import { listAt, valueAt, withValue } from '../../../scenarios/shrink/written-edits.ts';

const WALK = { world: { customers: 4, only: { people: [1] } }, faults: [{ kind: 'drop' }] };

test('values are found by their path', () => {
  expect(valueAt(WALK, ['world', 'only', 'people'])).toEqual([1]);
  expect(valueAt(WALK, ['world', 'serials', 'pool'])).toBeUndefined();
  expect(listAt(WALK, ['faults'])).toEqual([{ kind: 'drop' }]);
  expect(listAt(WALK, ['world'])).toEqual([]);
});

test('an edit leaves the original as it is, and makes maps where there are none', () => {
  const before = structuredClone(WALK);
  expect(withValue(WALK, ['run', 'seeds'], '1..1')).toEqual({ ...WALK, run: { seeds: '1..1' } });
  expect(withValue(WALK, ['world', 'customers'], 2)['world']).toEqual({
    customers: 2,
    only: { people: [1] },
  });
  expect(WALK).toEqual(before);
});

test('maps that become empty go with their last key', () => {
  expect(withValue(WALK, ['world', 'only', 'people'], undefined)).toEqual({
    world: { customers: 4 },
    faults: WALK.faults,
  });
});

test('entries of lists go by their index', () => {
  const faulty = { faults: [{ kind: 'drop', rate: '2%' }, { kind: 'merge' }] };
  expect(valueAt(faulty, ['faults', '0', 'rate'])).toBe('2%');
  expect(valueAt(faulty, ['faults', '7', 'rate'])).toBeUndefined();
  expect(withValue(faulty, ['faults', '0', 'rate'], '1%')).toEqual({
    faults: [{ kind: 'drop', rate: '1%' }, { kind: 'merge' }],
  });
  expect(withValue(faulty, ['faults', '0', 'rate'], undefined)).toEqual({
    faults: [{ kind: 'drop' }, { kind: 'merge' }],
  });
});
