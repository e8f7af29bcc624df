/** Wire faults with something wrong in them, and every word of what must be said about it. */
import { fault, KINDS } from './wrong-files.ts';
import type { WrongFile } from './wrong-files.ts';

export const WRONG_WIRE_VALUES: readonly WrongFile[] = [
  [
    'a wire fault, nearly',
    ...fault('kind: wrongbaud, on: "trainer[0]", at: 0s, baud: 9600'),
    [`11:13: faults[0].kind: found "wrongbaud"; did you mean "wrong-baud"? expected ${KINDS}`],
  ],
  [
    'a count of no line',
    ...fault('kind: drop, on: "trainer[0]", at: 0s, count: 0'),
    ['11:52: faults[0].count: expected 1 or more; found 0'],
  ],
  [
    'a counter that no trainer has',
    ...fault('kind: counter-wrap, on: "trainer[0]", at: 0s, seq: 65536'),
    ['11:58: faults[0].seq: expected 65535 or less; found 65536'],
  ],
];

export const WIRE_CONTRADICTIONS: readonly WrongFile[] = [
  [
    'a line that already has the wrong speed',
    ...fault('kind: wrong-baud, on: "trainer[0]", at: 0s, baud: 57600'),
    ['11:57: faults[0].baud: the line runs at 57600 anyway'],
  ],
  [
    'phones that send twice by count',
    ...fault('kind: duplicate, on: phones, at: 0s, rate: 5%, count: 3'),
    ['11:61: faults[0].count: messages are hit at a rate, not by count'],
  ],
  [
    'phones that send twice for the host',
    ...fault('kind: duplicate, on: phones, from: host, at: 0s, rate: 5%'),
    ['11:42: faults[0].from: phones send by themselves'],
  ],
  [
    'a trainer that does not exist and sends twice',
    ...fault('kind: duplicate, on: "trainer[4]", at: 0s, count: 5'),
    ['11:28: faults[0].on: there are only 4 trainers, numbered from 0'],
  ],
];
