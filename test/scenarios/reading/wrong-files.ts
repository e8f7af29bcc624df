/** Scenario files with something wrong in them, and every word of what must be said about it. */

/** A right file, of which each wrong one differs in one place. */
export const RIGHT_FILE = `version: 1
name: Four people walk
world:
  start: 2022-06-18T15:00:00Z
  customers: 4
  consent: { research: 50% }
run: { duration: 5m }
expect:
  landing.lost: 0
`;

/** What is wrong, the text to replace (at the end when it is empty) and its replacement, and the complaints. */
export type WrongFile = readonly [
  what: string,
  replaced: string,
  replacement: string,
  complaints: readonly string[],
];

/** The kinds of faults, as a complaint lists them. */
export const KINDS: string =
  'garble or drop or late or reorder or offline or duplicate or merge or partial or cr-only or wrong-baud or boot-garbage or burst or chunks or brown-out or counter-wrap or unplug or swap-device or down or slow or partial-listing or killed';
const DURATION = 'a duration with its unit, such as 250ms, 30s, 5m or 2h, up to 720h';
const TOP_KEYS =
  'version, name, about, tags, world, devices, run, faults, landing, pipeline, expect';

/** A fault at the end of the file. */
export const fault = (text: string): readonly ['', string] => ['', `faults:\n  - { ${text} }\n`];
const garble = 'kind: garble, on: "trainer[0]", at: 0s, rate: 5%';

export const UNKNOWN_KEYS: readonly WrongFile[] = [
  ['at the top', '', 'fault: []\n', ['10:1: fault: unknown key "fault"; did you mean "faults"?']],
  [
    'at the top, like no other',
    '',
    'colour: red\n',
    [`10:1: colour: unknown key "colour"; known keys are ${TOP_KEYS}`],
  ],
  [
    'in the world',
    'customers: 4',
    'customers: 4\n  customer: 4',
    ['6:3: world.customer: unknown key "customer"; did you mean "customers"?'],
  ],
  [
    'in consent',
    '50% }',
    '50%, withdrawDuringRuns: 1 }',
    [
      '6:29: world.consent.withdrawDuringRuns: unknown key "withdrawDuringRuns"; did you mean "withdrawDuringRun"?',
    ],
  ],
  [
    'in serials',
    '50% }',
    '50% }\n  serials: { pool: 2, asign: random }',
    ['7:23: world.serials.asign: unknown key "asign"; did you mean "assign"?'],
  ],
  [
    'in the run',
    '5m }',
    '5m, sped: 2 }',
    ['7:22: run.sped: unknown key "sped"; did you mean "speed"?'],
  ],
  [
    'in devices',
    '',
    'devices: { phones: {} }\n',
    ['10:12: devices.phones: unknown key "phones"; did you mean "phone"?'],
  ],
  [
    'in a link',
    '',
    'devices: { trainer: { link: { baude: 9600 } } }\n',
    ['10:31: devices.trainer.link.baude: unknown key "baude"; did you mean "baud"?'],
  ],
  [
    'in a clock',
    '',
    'devices: { phone: { clock: { skw: 5ms } } }\n',
    ['10:30: devices.phone.clock.skw: unknown key "skw"; did you mean "skew"?'],
  ],
  [
    'in a fault',
    ...fault(`${garble}, fr: 5s`),
    ['11:57: faults[0].fr: unknown key "fr"; did you mean "for"?'],
  ],
  [
    'in a fault, of another kind of fault',
    ...fault(`${garble}, with: "trainer[1]"`),
    [
      '11:57: faults[0].with: unknown key "with"; known keys are kind, on, from, at, for, rate, count',
    ],
  ],
  [
    'among the oracles',
    'landing.lost',
    'landing.lots',
    ['9:3: expect.landing.lots: unknown key "landing.lots"; did you mean "landing.lost"?'],
  ],
  [
    'in a limit',
    'lost: 0',
    'lost: { mix: 0, max: 1 }',
    ['9:19: expect.landing.lost.mix: unknown key "mix"; did you mean "max"?'],
  ],
  [
    'with the name of a prototype',
    '',
    '__proto__: { a: 1 }\n',
    [`10:1: __proto__: unknown key "__proto__"; known keys are ${TOP_KEYS}`],
  ],
  [
    'that is no word',
    '',
    '? [a, b]\n: 1\n',
    [`1:1: [ a, b ]: unknown key "[ a, b ]"; known keys are ${TOP_KEYS}`],
  ],
];

export const WRONG_VALUES: readonly WrongFile[] = [
  ['a bare number', '5m', '5', [`7:18: run.duration: expected ${DURATION}; found 5`]],
  ['a wrong unit', '5m', '5min', [`7:18: run.duration: expected ${DURATION}; found "5min"`]],
  [
    'a share as a number',
    '50%',
    '0.5',
    ['6:24: world.consent.research: expected a share from 0% to 100%, such as 2%; found 0.5'],
  ],
  [
    'a share beyond all',
    '50%',
    '150%',
    ['6:24: world.consent.research: expected a share from 0% to 100%, such as 2%; found "150%"'],
  ],
  [
    'a skew without unit',
    '',
    'devices: { phone: { clock: { skew: 5 } } }\n',
    [`10:36: devices.phone.clock.skew: expected ${DURATION}; found 5`],
  ],
  [
    'a date for a time',
    '2022-06-18T15:00:00Z',
    '2022-06-18',
    ['4:10: world.start: expected a time in UTC, such as 2022-06-18T15:00:00Z'],
  ],
  [
    'a day that does not exist',
    '2022-06-18T',
    '2022-06-31T',
    ['4:10: world.start: expected a time in UTC, such as 2022-06-18T15:00:00Z'],
  ],
  [
    'a time before landing begins',
    '2022',
    '1969',
    ['4:10: world.start: expected a time from 1971 to 9998'],
  ],
  [
    'a text for a number',
    'customers: 4',
    'customers: four',
    ['5:14: world.customers: expected a number; found "four"'],
  ],
  [
    'half a customer',
    'customers: 4',
    'customers: 4.5',
    ['5:14: world.customers: expected a whole number; found 4.5'],
  ],
  [
    'fewer than nobody',
    'customers: 4',
    'customers: -4',
    ['5:14: world.customers: expected 0 or more; found -4'],
  ],
  [
    'too many',
    'customers: 4',
    'customers: 100001',
    ['5:14: world.customers: expected 100000 or less; found 100001'],
  ],
  [
    'a list for keys',
    'consent: { research: 50% }',
    'consent: [50%]',
    ['6:12: world.consent: expected keys with values; found a list'],
  ],
  [
    'nothing for keys',
    'expect:\n  landing.lost: 0\n',
    'expect:\n',
    ['8:8: expect: expected keys with values; found nothing'],
  ],
  ['a text for a list', '', 'tags: smoke\n', ['10:7: tags: expected a list; found "smoke"']],
  ['another version', 'version: 1', 'version: 2', ['1:10: version: expected 1; found 2']],
  [
    'a title that is no sentence',
    'Four people walk',
    'Walk',
    ['2:7: name: expected a sentence of 10 letters or more that says what happens'],
  ],
  [
    'an unknown policy',
    '',
    'pipeline: strickt\n',
    ['10:11: pipeline: found "strickt"; did you mean "strict"? expected strict or classic'],
  ],
  [
    'an unknown policy, like no other',
    '',
    'pipeline: mine\n',
    ['10:11: pipeline: expected strict or classic; found "mine"'],
  ],
  [
    'an unknown mode',
    '5m }',
    '5m, mode: simm }',
    ['7:28: run.mode: found "simm"; did you mean "sim"? expected sim or live'],
  ],
  [
    'seeds backwards',
    '5m }',
    '5m, seeds: 9..1 }',
    ['7:29: run.seeds: expected a range of seeds, such as 1..50'],
  ],
  [
    'one seed for a range',
    '5m }',
    '5m, seeds: 9 }',
    ['7:29: run.seeds: expected a range of seeds, such as 1..50; found 9'],
  ],
  [
    'an unknown fault',
    ...fault('kind: garbled, on: "trainer[0]", at: 0s, rate: 5%'),
    [`11:13: faults[0].kind: found "garbled"; did you mean "garble"? expected ${KINDS}`],
  ],
  [
    'a trainer by another name',
    ...fault('kind: garble, on: box 3, at: 0s, rate: 5%'),
    ['11:25: faults[0].on: expected a trainer such as trainer[3]; found box 3'],
  ],
  [
    'a phone by another name',
    ...fault('kind: duplicate, on: phone, at: 0s, rate: 5%'),
    [
      '11:28: faults[0].on: expected phones, a phone such as phone[2] or a trainer such as trainer[3]; found phone',
    ],
  ],
];

export const MISSING_KEYS: readonly WrongFile[] = [
  [
    'the world',
    'world:\n  start: 2022-06-18T15:00:00Z\n  customers: 4\n  consent: { research: 50% }\n',
    '',
    ['1:1: world: is missing: expected keys with values'],
  ],
  ['the version', 'version: 1\n', '', ['1:1: version: is missing: expected 1']],
  [
    'the start',
    '  start: 2022-06-18T15:00:00Z\n',
    '',
    ['4:3: world.start: is missing: expected a time in UTC, such as 2022-06-18T15:00:00Z'],
  ],
  [
    'the number of customers',
    '  customers: 4\n',
    '',
    ['4:3: world.customers: is missing: expected a number'],
  ],
  [
    'the share of consent',
    'research: 50%',
    '',
    ['6:12: world.consent.research: is missing: expected a share from 0% to 100%, such as 2%'],
  ],
  ['the duration', 'duration: 5m', '', [`7:6: run.duration: is missing: expected ${DURATION}`]],
  [
    'the kind of a fault',
    ...fault('on: "trainer[0]", at: 0s, rate: 5%'),
    [`11:5: faults[0].kind: is missing: expected ${KINDS}`],
  ],
  [
    'the rate of a fault',
    ...fault('kind: garble, on: "trainer[0]", at: 0s'),
    [
      '11:5: faults[0].rate: is missing: expected a share of the lines, such as 2%, or count, a number of lines',
    ],
  ],
  [
    'all expectations',
    'expect:\n  landing.lost: 0\n',
    '',
    ['1:1: expect: is missing: expected keys with values'],
  ],
];

const HELD_TO_NOTHING =
  'expect: a run that is held to nothing proves nothing; name an oracle, as in landing.lost: 0';

export const CONTRADICTIONS: readonly WrongFile[] = [
  ['no oracle', 'expect:\n  landing.lost: 0\n', 'expect: {}\n', [`8:9: ${HELD_TO_NOTHING}`]],
  [
    'no oracle, only what must have happened',
    'landing.lost: 0',
    'sometimes: [serial-shared]',
    [
      `9:3: ${HELD_TO_NOTHING}`,
      '9:15: expect.sometimes[0]: nothing in this scenario can cause serial-shared: it takes world.serials with a pool smaller than the number of customers, or world.households',
    ],
  ],
  [
    'a duration too short for the sessions',
    '5m',
    '3m',
    ['7:18: run.duration: the sessions need at least 210s'],
  ],
  [
    'more changes of mind than people',
    '50%',
    '50%, withdrawDuringRun: 3, giveDuringRun: 2',
    ['6:12: world.consent: more people change their mind than there are'],
  ],
  [
    'a pool of serial numbers that no trainer has',
    '50% }',
    '50% }\n  serials: { pool: 5 }',
    ['7:20: world.serials.pool: there are only 4 trainers whose serial numbers can be given out'],
  ],
  [
    'a trainer that does not exist',
    ...fault('kind: garble, on: "trainer[4]", at: 0s, rate: 5%'),
    ['11:25: faults[0].on: there are only 4 trainers, numbered from 0'],
  ],
  [
    'a phone that does not exist',
    ...fault('kind: duplicate, on: "phone[4]", at: 0s, rate: 5%'),
    ['11:28: faults[0].on: there are only 4 phones, numbered from 0'],
  ],
  [
    'a swap with a trainer that does not exist',
    ...fault('kind: swap-device, on: "trainer[0]", at: 0s, with: "trainer[4]"'),
    ['11:58: faults[0].with: there are only 4 trainers, numbered from 0'],
  ],
  [
    'a swap with itself',
    ...fault('kind: swap-device, on: "trainer[0]", at: 0s, with: "trainer[0]"'),
    ['11:58: faults[0].with: a trainer cannot change places with itself'],
  ],
  [
    'a fault after the end',
    ...fault('kind: down, on: broker, at: 5m, for: 1s'),
    ['11:35: faults[0].at: the run is over by then'],
  ],
];

export const BAD_YAML: readonly WrongFile[] = [
  [
    'a list without its end',
    '',
    'tags: [a, b\n',
    [
      '11:1: not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ],
  ['a key twice', '', 'version: 1\n', ['10:1: not valid YAML: Map keys must be unique']],
  [
    'an alias without its anchor',
    '',
    'tags: *x\n',
    ['10:7: not valid YAML: Unresolved alias (the anchor must be set before the alias): x'],
  ],
  [
    'a second document',
    '',
    '---\nversion: 1\n',
    ['10:1: a second document begins here; a file holds one scenario'],
  ],
  ['nothing', RIGHT_FILE, '', ['1:1: expected keys with values; found nothing']],
  ['a list', RIGHT_FILE, '- a\n', ['1:1: expected keys with values; found a list']],
  ['a word', RIGHT_FILE, 'hello', ['1:1: expected keys with values; found "hello"']],
];
