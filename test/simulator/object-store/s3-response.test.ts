import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dropResponse, xmlResponse } from '../../../simulator/object-store/s3-response.ts';

describe('responses', () => {
  it('with a document are XML', () => {
    expect(xmlResponse('<A/>', { etag: '"x"' })).toEqual({
      status: 200,
      headers: { 'content-type': 'application/xml', etag: '"x"' },
      body: '<A/>',
    });
  });

  it('that are dropped close their file', () => {
    const fd = openSync(new URL(import.meta.url), 'r');
    dropResponse({ status: 200, body: { fd, start: 0, lengthBytes: 1 } });
    expect(() => closeSync(fd)).toThrow('EBADF');
    dropResponse({ status: 200, body: '<A/>' });
    dropResponse({ status: 204 });
  });
});
