import { describe, expect, it } from 'vitest';
import {
  checkRead,
  checkWrite,
  namesEtag,
  readWriteCondition,
} from '../../../simulator/object-store/conditions.ts';
import { refusalCode } from './fake-request.ts';

const TARGET = { etag: 'abc', lastModifiedMs: Date.parse('2022-06-18T15:00:00.700Z') };
const SAME = 'Sat, 18 Jun 2022 15:00:00 GMT';
const EARLIER = 'Sat, 18 Jun 2022 14:59:59 GMT';
const LATER = 'Sat, 18 Jun 2022 15:00:01 GMT';

describe('conditions of a write', () => {
  it('are none, the absence of an object, or its ETag', () => {
    expect(readWriteCondition({})).toEqual({ kind: 'none' });
    expect(readWriteCondition({ 'if-none-match': '*' })).toEqual({ kind: 'absent' });
    expect(readWriteCondition({ 'if-match': '"a"' })).toEqual({ kind: 'matches', etags: '"a"' });
  });

  it('are refused where S3 has none', async () => {
    const etag = refusalCode(() => readWriteCondition({ 'if-none-match': '"abc"' }));
    expect(await etag).toBe('NotImplemented');
    const both = { 'if-none-match': '*', 'if-match': '"abc"' };
    expect(await refusalCode(() => readWriteCondition(both))).toBe('InvalidRequest');
  });

  it.each([
    [{ kind: 'none' } as const, undefined, undefined],
    [{ kind: 'none' } as const, TARGET, undefined],
    [{ kind: 'absent' } as const, undefined, undefined],
    [{ kind: 'absent' } as const, TARGET, 'PreconditionFailed'],
    [{ kind: 'matches', etags: '"abc"' } as const, TARGET, undefined],
    [{ kind: 'matches', etags: '"abd"' } as const, TARGET, 'PreconditionFailed'],
    [{ kind: 'matches', etags: '*' } as const, TARGET, undefined],
    [{ kind: 'matches', etags: '"abc"' } as const, undefined, 'NoSuchKey'],
  ])('%j against %j gives %s', (condition, existing, code) => {
    expect(checkWrite(condition, existing)).toBe(code);
  });
});

describe('conditions of a read', () => {
  it.each([
    [{}, 'proceed'],
    [{ 'if-match': '"abc"' }, 'proceed'],
    [{ 'if-match': '"abd"' }, 'failed'],
    [{ 'if-none-match': '"abc"' }, 'not-modified'],
    [{ 'if-none-match': '"abd"' }, 'proceed'],
    [{ 'if-unmodified-since': SAME }, 'proceed'],
    [{ 'if-unmodified-since': EARLIER }, 'failed'],
    [{ 'if-modified-since': SAME }, 'not-modified'],
    [{ 'if-modified-since': LATER }, 'not-modified'],
    [{ 'if-modified-since': EARLIER }, 'proceed'],
    [{ 'if-modified-since': 'never' }, 'proceed'],
    [{ 'if-match': '"abc"', 'if-unmodified-since': EARLIER }, 'proceed'],
    [{ 'if-none-match': '"abd"', 'if-modified-since': LATER }, 'proceed'],
    [{ 'if-match': '"abd"', 'if-none-match': '"abc"' }, 'failed'],
  ])('%j: %s', (headers, expected) => {
    expect(checkRead(headers, TARGET)).toBe(expected);
  });
});

describe('lists of ETags', () => {
  it.each([
    ['"abc"', true],
    ['abc', true],
    ['W/"abc"', true],
    ['"x", "abc"', true],
    ['*', true],
    ['"ab"', false],
    ['', false],
  ])('%s names abc: %s', (list, expected) => {
    expect(namesEtag(list, 'abc')).toBe(expected);
  });
});
