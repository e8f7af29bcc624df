import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareKeys,
  pickPage,
  type Page,
  type PageRequest,
} from '../../../simulator/object-store/listing.ts';
import { refusalCode } from './fake-request.ts';

const ALL: PageRequest = {
  prefix: '',
  delimiter: '',
  startAfter: '',
  token: undefined,
  maxKeys: 1000,
};

/** Follows the pages to their end. */
function pages(keys: readonly string[], request: Partial<PageRequest>): Page[] {
  const result: Page[] = [];
  let token: string | undefined;
  do {
    const page = pickPage(keys, { ...ALL, ...request, token });
    result.push(page);
    token = page.nextToken;
  } while (token !== undefined && result.length < 200);
  return result;
}

describe('the order of keys', () => {
  it('is that of their UTF-8 bytes', () => {
    const texts = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareKeys(a, b))).toBe(expected);
      }),
    );
    expect(compareKeys('～', '🏃')).toBeLessThan(0);
  });
});

describe('pages of a listing', () => {
  it('gather what lies below a delimiter', () => {
    const keys = ['b', 'a/2', 'a/1', 'c/x/y', 'a', 'c/'];
    expect(pickPage(keys, { ...ALL, delimiter: '/' })).toEqual({
      keys: ['a', 'b'],
      commonPrefixes: ['a/', 'c/'],
      nextToken: undefined,
    });
    expect(pickPage(keys, { ...ALL, delimiter: '/', prefix: 'c/' })).toMatchObject({
      keys: ['c/'],
      commonPrefixes: ['c/x/'],
    });
  });

  it('begin behind a key that need not exist, even inside a common prefix', () => {
    const keys = ['a/1', 'a/2', 'b'];
    const request = { ...ALL, delimiter: '/', startAfter: 'a/1' };
    expect(pickPage(keys, request)).toMatchObject({ keys: ['b'], commonPrefixes: ['a/'] });
    expect(pickPage(keys, { ...ALL, startAfter: 'a/10' }).keys).toEqual(['a/2', 'b']);
    expect(pickPage(keys, { ...ALL, startAfter: 'b' }).keys).toEqual([]);
  });

  it('are whole when they are just full', () => {
    expect(pickPage(['a', 'b'], { ...ALL, maxKeys: 2 }).nextToken).toBeUndefined();
    expect(pickPage(['a/1', 'a/2'], { ...ALL, delimiter: '/', maxKeys: 1 })).toEqual({
      keys: [],
      commonPrefixes: ['a/'],
      nextToken: undefined,
    });
  });

  it('of no keys end at once', () => {
    expect(pickPage(['a'], { ...ALL, maxKeys: 0 })).toEqual({
      keys: [],
      commonPrefixes: [],
      nextToken: undefined,
    });
  });

  it('go on where the page before ended, whatever was deleted meanwhile', () => {
    const { nextToken } = pickPage(['a', 'b', 'c'], { ...ALL, maxKeys: 2 });
    expect(pickPage(['a', 'c', 'd'], { ...ALL, token: nextToken }).keys).toEqual(['c', 'd']);
  });

  it.each(['', 'AAAA', 'a2V5', Buffer.from('keys:a').toString('base64url')])(
    'refuse the token %j',
    async (token) => {
      expect(await refusalCode(() => pickPage([], { ...ALL, token }))).toBe('InvalidArgument');
    },
  );

  it('of any size miss nothing and repeat nothing', () => {
    const letters = fc.constantFrom('a', 'b', '/', 'é', '🏃', '～');
    const keyLists = fc.uniqueArray(fc.string({ unit: letters, minLength: 1, maxLength: 6 }));
    const sizes = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(keyLists, sizes, fc.constantFrom('', 'a', 'a/'), (keys, maxKeys, prefix) => {
        const flat = pages(keys, { maxKeys, prefix });
        const expected = keys.filter((key) => key.startsWith(prefix)).sort(compareKeys);
        expect(flat.flatMap((page) => page.keys)).toEqual(expected);
        expect(flat.slice(0, -1).every((page) => page.keys.length === maxKeys)).toBe(true);

        const folded = pages(keys, { maxKeys, prefix, delimiter: '/' });
        const whole = pickPage(keys, { ...ALL, prefix, delimiter: '/' });
        expect(folded.flatMap((page) => page.keys)).toEqual(whole.keys);
        expect(folded.flatMap((page) => page.commonPrefixes)).toEqual(whole.commonPrefixes);
      }),
    );
  });
});
