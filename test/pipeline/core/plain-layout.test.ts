import { expect, it } from 'vitest';
import { plainLayoutOf } from '../../../pipeline/core/plain-layout.ts';

it('tells what stands in every line alike, what kind of value stands between, and in which column', () => {
  const line = '{ "timestamp":5 ,"user":"a","x":1,"z":-0.5, "y":3.0}';
  expect(plainLayoutOf('accelerometer_landing', line)).toEqual({
    values: ['epoch-ms', 'text', 'decimal', 'decimal', 'decimal'],
    columns: [1, 0, 2, 4, 3],
    literals: ['{ "timestamp":', ' ,"user":"', '","x":', ',"z":', ', "y":', '}'],
  });
});

it('has null among what is alike', () => {
  const line = '{"email":"a","registrationDate":1,"lastUpdateDate":2,"phone":null}';
  expect(plainLayoutOf('customer_landing', line)).toMatchObject({
    columns: [1, 5, 6],
    literals: expect.arrayContaining([',"phone":null}']) as string[],
  });
});

it.each(['', '[]', '{"user":"a"}', '{"user":"a","timestamp":1,"x":1e2,"y":0,"z":0}'])(
  'is not found in %j',
  (line) => {
    expect(plainLayoutOf('accelerometer_landing', line)).toBeUndefined();
  },
);
