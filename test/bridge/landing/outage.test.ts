import { expect, it } from 'vitest';
import { Outage } from '../../../bridge/landing/outage.ts';
import type { Notice } from '../../../bridge/notice.ts';

const watch = (): { outage: Outage; notices: Notice[] } => {
  const notices: Notice[] = [];
  return { outage: new Outage('It', (notice) => notices.push(notice)), notices };
};

it('is told once as something to look after, and its end as good news, when all that failed have succeeded', () => {
  const { outage, notices } = watch();
  outage.succeeded('a');
  expect(outage.isOver).toBe(true);
  for (let attempt = 0; attempt < 5; attempt++) outage.failed('a', new Error('Gone.'));
  outage.failed('b', 'Gone.');
  outage.succeeded('a');
  outage.succeeded('c');
  expect([outage.isOver, outage.failures, notices.length]).toEqual([false, 6, 1]);
  outage.succeeded('b');
  expect(outage.isOver).toBe(true);
  expect(notices).toEqual([
    {
      level: 'warn',
      part: 'landing',
      text: 'It fails. Gone. It is tried again until it works; what waits stays in the spool.',
    },
    { level: 'info', part: 'landing', text: 'It works again.' },
  ]);
});

it('is told again when it comes again', () => {
  const { outage, notices } = watch();
  for (let time = 0; time < 3; time++) {
    outage.failed('a', new Error('Gone.'));
    outage.succeeded('a');
  }
  expect(notices).toHaveLength(6);
});

it('does not flood anybody with words that are always new', () => {
  const { outage, notices } = watch();
  for (let attempt = 0; attempt < 1000; attempt++) outage.failed('a', new Error(`No. ${attempt}.`));
  expect(notices).toHaveLength(8);
});
