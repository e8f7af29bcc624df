/** Limits in scenario files with something wrong in them, and every word of what must be said about it. */
import type { WrongFile } from './wrong-files.ts';

const AMOUNT =
  'expected the most readings that may be measured, a whole number from 0, such as 0 or { max: 20 }';
const SHARE =
  'expected the share that must be right at least, above 0% and up to 100%, such as { min: 95% }';

/** Limits that a run could never break, or never keep, and what is no limit at all. */
export const WRONG_LIMITS: readonly WrongFile[] = (
  [
    ['landing.lost: "0"', '17', '', `${AMOUNT}; found "0"`],
    ['landing.lost: -1', '17', '', `${AMOUNT}; found -1`],
    ['landing.lost: 0.5', '17', '', `${AMOUNT}; found 0.5`],
    ['landing.lost: .inf', '17', '', `${AMOUNT}; found Infinity`],
    ['landing.lost:', '16', '', `${AMOUNT}; found null`],
    ['landing.lost: [0]', '17', '', `${AMOUNT}; found [0]`],
    ['landing.lost: {}', '17', '', AMOUNT],
    ['landing.lost: { max: -1 }', '24', '.max', `${AMOUNT}; found -1`],
    [
      'landing.lost: { min: 1 }',
      '24',
      '.min',
      `fewer readings are better here, and a bound from below would fail a run that gets better: ${AMOUNT}`,
    ],
    [
      'landing.clockError: { min: 0, max: 1 }',
      '30',
      '.min',
      'less is better here, and a bound from below would fail a run that gets better: expected the most ms that may be measured, a number from 0, such as 0 or { max: 20 }',
    ],
    ['attribution.precision: 0', '26', '', `${SHARE}; found 0`],
    ['attribution.precision: 0.0%', '26', '', `${SHARE}; found "0.0%"`],
    ['ml.joinYield: 3', '17', '', `${SHARE}; found 3`],
    ['ml.joinYield: { min: 95 }', '24', '.min', `${SHARE}; found 95`],
    ['ml.joinYield: { min: 150% }', '24', '.min', `${SHARE}; found "150%"`],
    [
      'ml.joinYield: { max: 1 }',
      '24',
      '.max',
      `more is better here, and a bound from above holds a run to nothing: ${SHARE}`,
    ],
  ] as const
).map(([limit, column, key, message]) => [
  limit,
  'landing.lost: 0',
  limit,
  [`9:${column}: expect.${limit.split(':')[0]}${key}: ${message}`],
]);
