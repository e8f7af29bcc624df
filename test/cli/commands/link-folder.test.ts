import { expect, it } from 'vitest';
import { readLinkFolder } from '../../../cli/commands/link-folder.ts';

it.each([
  ['pty:./ports', './ports'],
  ['pty:/tmp/a b', '/tmp/a b'],
])('%s is the folder %s', (link, folder) => {
  expect(readLinkFolder(link)).toBe(folder);
});

it.each(['./ports', 'pty:', '', 'tcp:./ports'])('%j is no place for virtual ports', (link) => {
  expect(() => readLinkFolder(link)).toThrow('--link takes pty: and a folder');
});
