import { describe, expect, it } from 'vitest';
import {
  canonicalRequest,
  encodePath,
  encodeUriComponentStrictly,
} from '../../../simulator/object-store/canonical-request.ts';

describe('canonical requests', () => {
  it('have method, path, sorted query, signed headers and payload hash', () => {
    const request = {
      method: 'GET',
      path: '/bucket/a b/ü',
      query: [
        ['prefix', 'J&K'],
        ['max-keys', '2'],
        ['delete', ''],
      ] as const,
      headers: { host: 'example', 'x-amz-meta-a': '  two   words ', 'user-agent': 'not signed' },
    };
    const canonical = canonicalRequest(request, ['host', 'x-amz-meta-a'], 'HASH');
    expect(canonical.split('\n')).toEqual([
      'GET',
      '/bucket/a%20b/%C3%BC',
      'delete=&max-keys=2&prefix=J%26K',
      'host:example',
      'x-amz-meta-a:two words',
      '',
      'host;x-amz-meta-a',
      'HASH',
    ]);
  });

  it('sort parameters of one name by their values, and by their encoded form', () => {
    const query = [
      ['b', '2'],
      ['b', '1'],
      ['B', '3'],
      ['ä', '4'],
    ] as const;
    const canonical = canonicalRequest({ method: 'GET', path: '/', query, headers: {} }, [], '');
    expect(canonical.split('\n')[2]).toBe('%C3%A4=4&B=3&b=1&b=2');
  });

  it('leave a path as it is: nothing is resolved or joined', () => {
    expect(encodePath('/b//a/../c/./d')).toBe('/b//a/../c/./d');
  });

  it('encode everything but the unreserved characters', () => {
    expect(encodeUriComponentStrictly("-._~ !'()*/")).toBe('-._~%20%21%27%28%29%2A%2F');
  });
});
