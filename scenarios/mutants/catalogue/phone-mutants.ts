/** Mutants that get the phone samples wrong. */
import { edit, mutantsOf } from '../mutant.ts';
import type { Mutant } from '../mutant.ts';

const SAMPLES = 'strict/accelerometer_trusted';
const FROM = 'FROM accelerometer_landing a';
const JOIN = 'INNER JOIN person_consent p ON p.person = LOWER(a.user)';
const SINCE = 'a.timeStamp >= p.consent_from';

const samples = (rule: string): Mutant['breaks'] => ({ table: 'accelerometer_trusted', rule });

/** Mutants of accelerometer_trusted. */
export const PHONE_MUTANTS: readonly Mutant[] = mutantsOf('strict', [
  {
    id: 'M15',
    title: 'A sample at the very moment of the consent is left out',
    breaks: samples('the moment of the consent is included'),
    edits: [edit(SAMPLES, SINCE, 'a.timeStamp > p.consent_from')],
  },
  {
    id: 'M16',
    title: 'Seconds of the phone are compared with milliseconds of the consent',
    breaks: samples('all times are milliseconds'),
    edits: [edit(SAMPLES, SINCE, 'a.timeStamp / 1000 >= p.consent_from')],
  },
  {
    id: 'M17',
    title: 'Samples that arrive twice stay twice',
    breaks: samples('a sample is one row'),
    edits: [edit(SAMPLES, 'SELECT DISTINCT a.user', 'SELECT a.user')],
  },
  {
    id: 'M18',
    title: 'Of the samples of one moment the least values are kept as one',
    breaks: samples('every sample stays'),
    edits: [
      edit(
        SAMPLES,
        'SELECT DISTINCT a.user, a.timeStamp, a.x, a.y, a.z',
        'SELECT a.user, a.timeStamp, MIN(a.x) AS x, MIN(a.y) AS y, MIN(a.z) AS z',
      ),
      edit(SAMPLES, SINCE, `${SINCE}\nGROUP BY a.user, a.timeStamp`),
    ],
  },
  {
    id: 'M19',
    title: 'Samples that look alike are collapsed before it is known whose they are',
    breaks: samples('a sample is told apart by its person, too'),
    edits: [
      edit(
        SAMPLES,
        FROM,
        'FROM (SELECT MIN(l.user) AS user, l.timeStamp, l.x, l.y, l.z FROM accelerometer_landing l GROUP BY l.timeStamp, l.x, l.y, l.z) a',
      ),
    ],
  },
  {
    id: 'M20',
    title: 'A left join keeps the samples of people who do not consent',
    breaks: samples('only people who consent'),
    edits: [
      edit(SAMPLES, 'INNER JOIN', 'LEFT JOIN'),
      edit(SAMPLES, SINCE, 'a.timeStamp >= COALESCE(p.consent_from, 0)'),
    ],
  },
  {
    id: 'M21',
    title: 'Samples are joined with the customer feed instead of the trusted customers',
    breaks: samples('only people who consent'),
    edits: [
      edit(
        SAMPLES,
        JOIN,
        'INNER JOIN (SELECT LOWER(c.email) AS person, 0 AS consent_from FROM customer_landing c) p ON p.person = LOWER(a.user)',
      ),
    ],
  },
  {
    id: 'M22',
    title: 'Samples stay of people who have withdrawn, since some version of them did consent',
    breaks: samples('a withdrawal covers the past'),
    edits: [
      edit(
        SAMPLES,
        JOIN,
        'INNER JOIN (SELECT LOWER(c.email) AS person, MAX(c.shareWithResearchAsOfDate) AS consent_from FROM customer_landing c WHERE c.shareWithResearchAsOfDate > 0 GROUP BY LOWER(c.email)) p ON p.person = LOWER(a.user)',
      ),
    ],
  },
  {
    id: 'M23',
    title: "The phone's e-mail is compared letter by letter",
    breaks: samples('e-mails are compared without regard to case'),
    edits: [edit(SAMPLES, 'p.person = LOWER(a.user)', 'p.person = a.user')],
  },
  {
    id: 'M24',
    title: 'Times pass through a column of 32 bits and come out rounded',
    breaks: samples('times keep their milliseconds'),
    edits: [
      edit(
        SAMPLES,
        'a.user, a.timeStamp,',
        'a.user, CAST(CAST(a.timeStamp AS REAL) AS BIGINT) AS timeStamp,',
      ),
    ],
  },
  {
    id: 'M25',
    title: 'Two columns of acceleration have changed places',
    breaks: samples('values stay in their columns'),
    edits: [edit(SAMPLES, 'a.x, a.y, a.z', 'a.y AS x, a.x AS y, a.z')],
  },
  {
    id: 'M26',
    title: "Samples of a person's last moment are left out, as if a file had lost its last line",
    breaks: samples('every sample stays'),
    edits: [
      edit(
        SAMPLES,
        SINCE,
        `${SINCE}\n  AND a.timeStamp < (SELECT MAX(l.timeStamp) FROM accelerometer_landing l WHERE l.user = a.user)`,
      ),
    ],
  },
  {
    id: 'M27',
    title: 'Times are moved to the time zone of the office',
    breaks: samples('all times are UTC'),
    edits: [edit(SAMPLES, 'a.user, a.timeStamp,', 'a.user, a.timeStamp - 25200000 AS timeStamp,')],
  },
]);
