import { expect, test } from 'vitest';
import { commandAtHand } from '../../cli/command-at-hand.ts';

const NAMES = { run: [], device: ['check', 'list'] };

test.each([
  [[], 'npx stedi'],
  [['--help'], 'npx stedi'],
  [['devise', 'check'], 'npx stedi'],
  [['toString'], 'npx stedi'],
  [['run', 'check'], 'npx stedi run'],
  [['device'], 'npx stedi device'],
  [['device', 'chekc'], 'npx stedi device'],
  [['device', 'check', '--levl'], 'npx stedi device check'],
])('%j is about "%s"', (args, words) => {
  expect(commandAtHand(args, NAMES)).toBe(words);
});
