import { expect, it } from 'vitest';
import { Outage } from '../../../bridge/landing/outage.ts';

const watch = (): { outage: Outage; notices: string[] } => {
  const notices: string[] = [];
  return { outage: new Outage('It', (notice) => notices.push(notice)), notices };
};

it('is told once, and is over when all that failed have succeeded', () => {
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
    'It fails. Gone. It is tried again until it works; what waits stays in the spool.',
    'It works again.',
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
