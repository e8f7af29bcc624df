import { expect, it } from 'vitest';
import { customer, NOON, reading, sample, walk, walks } from '../lake.ts';
import type { LandingRows, Row } from '../lake.ts';
import { findings, rowsById } from './findings.ts';

const known = (email: string, changes: Row = {}): Row =>
  customer(email, { birthDay: '1967-01-01', serialNumber: `box of ${email[0]}`, ...changes });

it('finds customers who share a serial number, and those who have another trainer than the feed says', async () => {
  const rows: LandingRows = {
    customers: [known('ann@x', { serialNumber: 's1' }), known('bob@x', { serialNumber: 's1' })],
    ...walks(
      { user: 'ann@x', serial: 's1' },
      { user: 'bob@x', serial: 's2', start: NOON + 90_000 },
    ),
  };
  expect(await findings('strict', rows)).toMatchObject({
    'serial-shared': { rows: 2, example: '2 customers have the serial number s1.' },
    'serial-wrong': {
      rows: 1,
      title:
        '1 customer of 2 who were seen on a trainer was never seen on the one that the feed says is theirs.',
      example: 'A customer was seen on the trainer s2, which the feed does not give them.',
    },
    'trainer-unknown': { rows: 1, example: 'One is s2; all of them have 1 session.' },
  });
});

it('shows no serial number of the feed that no trainer reports: it may be anything that somebody typed', async () => {
  const typed = { serialNumber: 'Maria Huber 0664 1234567' };
  const found = await findings('strict', {
    customers: [known('ann@x', typed), known('bob@x', typed)],
    ...walk({ user: 'ann@x', serial: 's1' }),
  });
  expect(found['serial-shared']).toMatchObject({
    rows: 2,
    example: '2 customers have one that no trainer reports.',
  });
  expect(JSON.stringify(found)).not.toMatch(/Maria|0664/);
});

it('finds customers who share an e-mail, and how many of them are outvoted', async () => {
  const later = { registrationDate: NOON, serialNumber: 's7' };
  const customers = [
    known('ann@x'),
    known('ANN@x', { ...later, shareWithResearchAsOfDate: null }),
    known('bob@x'),
    known('bob@x', later),
    known('cem@x'),
  ];
  expect((await findings('strict', { customers }))['email-shared']).toMatchObject({
    rows: 4,
    title: '4 customers of the feed share 2 e-mail addresses with others.',
    example:
      'One address belongs to 2 customers; 1 of all these consent although another with the address does not.',
  });
});

it('finds phones that spell an address otherwise, and phones that nobody knows', async () => {
  const rows = {
    customers: [known('Ann@x')],
    accelerometer: [sample('ann@x', NOON), sample('dan@x', NOON), sample('eve@x', NOON + 90_000)],
  };
  expect(await findings('strict', rows)).toMatchObject({
    'email-spelled-otherwise': { rows: 1, example: 'This concerns 1 phone session.' },
    'phone-unknown': {
      rows: 2,
      example: 'They sent 2 sessions, the first from 2022-06-18 12:00:00.000 UTC on.',
    },
  });
});

it('finds customers who withdrew, and not those who never consented or only changed the date', async () => {
  const first = { lastUpdateDate: NOON - 3_600_000 };
  const then = { lastUpdateDate: NOON };
  const customers = [
    known('ann@x', first),
    known('ann@x', { ...then, shareWithResearchAsOfDate: 0 }),
    known('bob@x', first),
    known('bob@x', { ...then, shareWithResearchAsOfDate: NOON }),
    known('cem@x', { ...first, shareWithResearchAsOfDate: null }),
  ];
  expect((await findings('strict', { customers }))['consent-withdrawn']).toMatchObject({
    rows: 1,
    example: 'The first withdrew at 2022-06-18 12:00:00.000 UTC.',
  });
});

it('finds clocks that are off, and how far', async () => {
  const rows = {
    customers: [known('ann@x', { serialNumber: 's1' }), known('bob@x', { serialNumber: 's2' })],
    ...walks(
      { user: 'ann@x', serial: 's1' },
      { user: 'bob@x', serial: 's2', start: NOON + 90_000, deviceLateMs: 17 },
    ),
  };
  expect((await findings('strict', rows))['clock-offsets']).toMatchObject({
    rows: 1,
    title: 'In 1 session of 2 (50.0 %) the clock of the phone is off that of the trainer.',
    example:
      'Half of all are off by 0 ms or more, one by 17 ms: trainer s2 from 2022-06-18 12:01:30.017 UTC on.',
  });
});

it('shows no address, no name and no date of birth in any finding', async () => {
  const secret = 'zebra.quagga';
  const rows: LandingRows = {
    customers: [
      customer(`${secret}@x`, {
        customerName: 'Zoltan Quux',
        birthDay: '0967-12-31',
        serialNumber: `${secret}@x`,
      }),
      customer(`${secret}@x`, {
        registrationDate: NOON,
        lastUpdateDate: 1,
        serialNumber: `${secret}@x`,
      }),
    ],
    accelerometer: [
      ...walk({ user: `${secret}@x`, serial: '' }).accelerometer,
      sample('okapi@y', 5, 1_000),
    ],
    steps: [...walk({ user: '', serial: `${secret}@x` }).steps, reading('okapi@y', 7, -5)],
  };
  for (const policy of ['strict', 'classic'] as const) {
    const found = await findings(policy, rows);
    expect(Object.keys(found).length).toBeGreaterThan(5);
    expect(JSON.stringify(found)).not.toMatch(/zebra|okapi|zoltan|0967|@/i);
  }
});

it('finds nothing in a feed that fits', async () => {
  const rows = {
    customers: [known('ann@x', { serialNumber: 's1' })],
    ...walk({ user: 'ann@x', serial: 's1' }),
  };
  expect(await rowsById('strict', rows)).toEqual({});
});
