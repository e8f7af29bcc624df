import { describe, expect, it } from 'vitest';
import { describePlace, parsePlace } from '../../../pipeline/storage/place.ts';

describe('parsePlace', () => {
  it.each([
    ['s3://lake', { kind: 's3', bucket: 'lake', prefix: '' }],
    ['s3://lake/', { kind: 's3', bucket: 'lake', prefix: '' }],
    ['s3://lake/runs/7', { kind: 's3', bucket: 'lake', prefix: 'runs/7/' }],
    ['s3://lake/runs/7/', { kind: 's3', bucket: 'lake', prefix: 'runs/7/' }],
    ['../my landing', { kind: 'folder', path: '../my landing' }],
  ])('reads %s', (text, source) => {
    expect(parsePlace(text)).toEqual(source);
  });

  it('takes the endpoint along where there is storage to reach', () => {
    expect(parsePlace('s3://lake', 'http://localhost:9000')).toMatchObject({
      endpoint: 'http://localhost:9000',
    });
    expect(parsePlace('here', 'http://localhost:9000')).toEqual({
      kind: 'folder',
      path: 'here',
    });
  });
});

describe('describePlace', () => {
  it('writes what was read', () => {
    for (const text of ['s3://lake/', 's3://lake/runs/7/', 'here']) {
      expect(describePlace(parsePlace(text))).toBe(text);
    }
  });
});
