import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createPortLink, removePortLink } from '../../../simulator/live/port-link.ts';

describe('a port link', () => {
  let folder: string;
  let link: string;
  let port: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stedi-link-'));
    link = join(folder, 'ttySTEDI0');
    port = join(folder, 'pts-7');
    writeFileSync(port, '');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('leads to its port until it is removed', () => {
    createPortLink(link, port);
    expect(readlinkSync(link)).toBe(port);
    removePortLink(link, port);
    expect(readdirSync(folder)).toEqual(['pts-7']);
  });

  it.each([
    ['leads nowhere', () => join(folder, 'gone')],
    ['leads to the very port, whose number was given out again', () => port],
  ])('replaces what a killed run left behind when it %s', (_, oldTarget) => {
    symlinkSync(oldTarget(), link);
    createPortLink(link, port);
    expect(readlinkSync(link)).toBe(port);
    expect(readdirSync(folder)).toEqual(['pts-7', 'ttySTEDI0']);
  });

  it('never replaces a link to something that is alive', () => {
    const other = join(folder, 'pts-8');
    writeFileSync(other, '');
    symlinkSync(other, link);
    expect(() => createPortLink(link, port)).toThrow(
      expect.objectContaining({
        name: 'SimulatorError',
        code: 'LINK_EXISTS',
        message: expect.stringContaining(link) as string,
      }) as Error,
    );
    expect(readlinkSync(link)).toBe(other);
  });

  it('never replaces a file', () => {
    writeFileSync(link, 'precious');
    expect(() => createPortLink(link, port)).toThrow(
      expect.objectContaining({ code: 'LINK_EXISTS' }) as Error,
    );
    expect(readFileSync(link, 'utf8')).toBe('precious');
  });

  it('says where it cannot be created', () => {
    const nowhere = join(folder, 'no-such-folder', 'ttySTEDI0');
    expect(() => createPortLink(nowhere, port)).toThrow(
      expect.objectContaining({
        code: 'LINK_FAILED',
        message: expect.stringContaining(nowhere) as string,
      }) as Error,
    );
  });

  it.each([
    ['leads elsewhere by now', () => symlinkSync('elsewhere', link), 'ttySTEDI0'],
    ['became a file', () => writeFileSync(link, ''), 'ttySTEDI0'],
    ['is gone', () => undefined, undefined],
  ])('is not removed when it %s', (_, change, left) => {
    change();
    removePortLink(link, port);
    expect(readdirSync(folder)[1]).toBe(left);
  });
});
