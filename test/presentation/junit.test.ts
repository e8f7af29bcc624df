import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderJunitReport } from '../../presentation/index.ts';
import type { JunitSuite } from '../../presentation/index.ts';
import { findAll, findOne, parsePage, rawText } from './parsed-page.ts';
import type { PageElement } from './parsed-page.ts';

function parse(suites: readonly JunitSuite[]): PageElement {
  const xml = renderJunitReport('all of it', suites);
  return parsePage(xml.slice(xml.indexOf('\n') + 1));
}

const SUITE: JunitSuite = {
  name: 'one',
  seconds: 1.25,
  properties: [['seed', '7']],
  cases: [
    { classname: 'a', name: 'passes', seconds: 0.5 },
    { classname: 'a', name: 'fails', failure: { message: 'no', type: 'rows', text: '3 < 4' } },
    { classname: 'a', name: 'breaks', error: { message: 'cannot' } },
    { classname: 'a', name: 'waits', skipped: { message: 'not here' } },
  ],
};

it('counts cases by their outcomes, in each suite and in all of them', () => {
  const root = parse([SUITE, { ...SUITE, name: 'two' }]);
  expect(findOne(root, 'testsuites').attributes).toEqual({
    name: 'all of it',
    tests: '8',
    failures: '2',
    errors: '2',
    time: '2.500',
  });
  expect(findAll(root, 'testsuite').map(({ attributes }) => attributes)).toEqual(
    ['one', 'two'].map((name) => ({
      name,
      tests: '4',
      failures: '1',
      errors: '1',
      skipped: '1',
      time: '1.250',
    })),
  );
});

it('holds what each case says', () => {
  const root = parse([SUITE]);
  expect(findOne(root, 'failure').attributes).toEqual({ message: 'no', type: 'rows' });
  expect(rawText(findOne(root, 'failure'))).toBe('3 < 4');
  expect(findOne(root, 'error').attributes).toEqual({ message: 'cannot' });
  expect(rawText(findOne(root, 'skipped'))).toBe('not here');
  expect(findOne(root, 'property').attributes).toEqual({ name: 'seed', value: '7' });
});

it('is well-formed whatever the texts hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const failure = { message: text, type: text, text };
      const suite = { ...SUITE, name: text, cases: [{ classname: text, name: text, failure }] };
      expect(findAll(parse([suite]), 'testcase')).toHaveLength(1);
    }),
  );
});
