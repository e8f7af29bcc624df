import { expect, it } from 'vitest';
import { explainFolderFailure } from '../../../bridge/adapters/folder-failure.ts';

it.each([
  ['ENOTDIR', /is a file and no folder/],
  ['EACCES', /this user may not write there/],
  ['EROFS', /is read-only/],
  ['ENOSPC', /the disk is full/],
  ['EWHAT', /the system refuses/],
])('%s says what is wrong, and where', (code, words) => {
  const cause = Object.assign(new Error('x'), { code });
  const failure = explainFolderFailure('/landing', cause);
  expect(failure).toMatchObject({ code: 'STORAGE_REFUSED', cause });
  expect(failure.message).toContain(`Cannot write /landing (${code}): `);
  expect(failure.message).toMatch(words);
});
