import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../../scenarios/index.ts';
import { inputType } from '../../../tools/scenario-schema/input-types.ts';

function flat(schema: JsonSchema): string {
  return inputType(schema).replaceAll(/\s+/g, ' ');
}

describe('a type says what may be written', () => {
  test.each<[string, JsonSchema, string]>([
    ['a text', { type: 'string' }, 'string'],
    ['a whole number', { type: 'integer' }, 'number'],
    ['one word', { type: 'string', const: 'pty' }, '"pty"'],
    ['one of several words', { type: 'string', enum: ['sim', 'live'] }, '"sim" | "live"'],
    ['a duration', { type: 'string', pattern: String.raw`^(\d+)(ms|s|m|h)$` }, 'Duration'],
    ['a share', { type: 'string', pattern: String.raw`^(\d+)%$` }, 'Share'],
    ['a drift', { type: 'string', pattern: String.raw`^(\d+)ppm$` }, 'Drift'],
    ['another pattern', { type: 'string', pattern: String.raw`^trainer\[\d+\]$` }, 'string'],
    ['a list', { type: 'array', items: { type: 'number' } }, 'readonly (number)[]'],
    ['a limit', { anyOf: [{ type: 'number' }, { properties: { max: {} } }] }, 'Limit'],
    [
      'a limit of a share',
      { anyOf: [{ type: 'number' }, { properties: { min: {} } }] },
      'ShareLimit',
    ],
    ['anything', {}, 'unknown'],
    [
      'keys, with and without value',
      {
        properties: { a: { type: 'number' }, 'b.c': { type: 'string', description: 'A word.' } },
        required: ['a'],
      },
      '{ readonly a: number; /** A word. */ readonly "b.c"?: string | undefined;}',
    ],
  ])('%s', (_, schema, expected) => {
    expect(flat(schema)).toBe(expected);
  });

  test('faults with the same keys are told together', () => {
    const fault = (kind: string, key: string): JsonSchema => ({
      properties: { kind: { const: kind }, [key]: { type: 'number' } },
      required: ['kind', key],
    });
    const schema = { oneOf: [fault('drop', 'at'), fault('swap', 'with'), fault('merge', 'at')] };
    expect(flat(schema)).toBe(
      '{ readonly kind: "drop" | "merge"; readonly at: number; } | { readonly kind: "swap"; readonly with: number; }',
    );
  });
});
