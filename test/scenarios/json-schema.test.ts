import { describe, expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../scenarios/json-schema.ts';
import type { JsonSchema } from '../../scenarios/json-schema.ts';

const schema = scenarioJsonSchema();

interface Key {
  readonly path: string;
  readonly node: JsonSchema;
}

/** Every key at any depth, by its path. */
function keysOf(node: JsonSchema, path = ''): Key[] {
  const own = Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const childPath = path === '' ? name : `${path}.${name}`;
    return [{ path: childPath, node: child }, ...keysOf(child, childPath)];
  });
  const variants = [...(node.oneOf ?? []), ...(node.anyOf ?? [])];
  const below = node.items === undefined ? [] : keysOf(node.items, `${path}[]`);
  return [...own, ...below, ...variants.flatMap((variant) => keysOf(variant, path))];
}

const keys = keysOf(schema);
const at = (path: string): JsonSchema | undefined => keys.find((key) => key.path === path)?.node;

test('editors learn what a file is', () => {
  expect(schema).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Scenario of the STEDI testbed',
  });
  expect(schema.required).toEqual(['version', 'name', 'world', 'run', 'expect']);
});

test('every key says what it is, in a sentence', () => {
  const mute = keys.filter(({ node }) => !/^\S.{12,}\.$/s.test(node.description ?? ''));
  expect(mute.map(({ path }) => path)).toEqual([]);
});

test('every value that is not chosen from a list has an example, a default or a unit', () => {
  const isOpen = ({ node }: Key): boolean =>
    node.enum === undefined &&
    node.const === undefined &&
    node.properties === undefined &&
    !['array', 'boolean'].includes(node.type ?? '') &&
    node.anyOf === undefined;
  const without = keys.filter(
    (key) => isOpen(key) && key.node.examples === undefined && key.node.default === undefined,
  );
  expect(without.map(({ path }) => path)).toEqual([]);
});

describe('quantities are shown as they are written', () => {
  test.each([
    ['run.duration', ['250ms', '30s', '5m']],
    ['world.consent.research', ['2%', '12.5%']],
    ['devices.phone.clock.drift', ['20ppm']],
    ['run.seeds', ['1..50']],
  ])('%s', (path, examples) => {
    const node = at(path);
    expect(node).toMatchObject({ type: 'string', examples });
    for (const example of examples) expect(example).toMatch(new RegExp(node?.pattern ?? 'never'));
    expect(node).not.toHaveProperty('anyOf');
  });

  test('defaults, too', () => {
    expect(at('devices.phone.clock.skew')?.default).toBe('0ms');
  });
});

test('limits say which oracle they are for, and in which unit', () => {
  expect(at('expect.privacy.leaks')?.description).toBe(
    'Nobody is in the zones who does not share data for research. Its limit is the most rows that may be measured.',
  );
  expect(at('expect.ml.joinYield')?.examples).toEqual([{ min: '95%' }, '95%']);
});
