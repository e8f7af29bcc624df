import { expect, test } from 'vitest';
import { toFolderName } from '../../cli/folder-name.ts';

test.each([
  ['phone-sends-twice', 'phone-sends-twice'],
  ['../mine/walk.yaml', 'mine-walk'],
  ['walk.yml', 'walk'],
  ['pools.mjs#2', 'pools-mjs-2'],
  ['käse und brot.yaml', 'k-se-und-brot'],
])('%s becomes %s', (file, name) => {
  expect(toFolderName(file)).toBe(name);
});

test('of a long path the end is kept', () => {
  const name = toFolderName(`${'x'.repeat(200)}/walk.yaml`);
  expect(name).toHaveLength(180);
  expect(name).toMatch(/xx-walk$/);
});
