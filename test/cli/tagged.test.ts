import { expect, test } from 'vitest';
import { UsageError } from '../../cli/exit-codes.ts';
import { withTags } from '../../cli/tagged.ts';
import { loadCatalogue } from '../../scenarios/index.ts';

const [first, second] = await loadCatalogue();

function tagged(file: string, ...tags: string[]): NonNullable<typeof first> {
  const { scenario } = (first ?? second) as NonNullable<typeof first>;
  return { file, scenario: { ...scenario, tags } };
}

const NAMED = [tagged('a', 'mqtt'), tagged('b', 'smoke'), tagged('c', 'smoke', 'links')];
const filesWith = (tags?: string[]): string[] => withTags(NAMED, tags).map(({ file }) => file);

test('one of the tags is enough; without tags all remain', () => {
  expect(filesWith()).toEqual(['a', 'b', 'c']);
  expect(filesWith(['smoke'])).toEqual(['b', 'c']);
  expect(filesWith(['mqtt', 'links'])).toEqual(['a', 'c']);
});

test.each([
  [
    ['smoek'],
    'No scenario has the tag "smoek"; did you mean "smoke"? There are: links, mqtt, smoke.',
  ],
  [['smoke', 'weather'], 'No scenario has the tag "weather". There are: links, mqtt, smoke.'],
])('%j is refused', (tags, message) => {
  expect(() => filesWith(tags)).toThrow(new UsageError(message));
});

test('where nothing has a tag, it says so', () => {
  expect(() => withTags([tagged('a')], ['smoke'])).toThrow('There are none.');
});
