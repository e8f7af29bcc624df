/** Mutants of habits: what jobs bring along from notebooks, from other databases, and from the day they were tried out. */
import { edit, mutantsOf, rewrite } from '../mutant.ts';
import type { Mutant } from '../mutant.ts';

const STEPS = 'strict/step_trainer_trusted';
const SAMPLES = 'strict/accelerometer_trusted';
const ML = 'strict/machine_learning_curated';
const STEP_COLUMNS = 'SELECT r.sensorReadingTime, r.serialNumber, r.distanceFromObject,';
const SINCE = 'WHERE r.sensorReadingTime >= p.consent_from';

const customers = (rule: string): Mutant['breaks'] => ({ table: 'customer_trusted', rule });
const steps = (rule: string): Mutant['breaks'] => ({ table: 'step_trainer_trusted', rule });
const pairs = (rule: string): Mutant['breaks'] => ({ table: 'machine_learning_curated', rule });

/** Mutants that no rule of consent or attribution explains, and that every pipeline may have. */
export const HABIT_MUTANTS: readonly Mutant[] = mutantsOf('strict', [
  {
    id: 'M86',
    title:
      'Rows with an empty value are dropped, and with them people who share with research alone',
    breaks: customers('a value may be absent'),
    edits: [
      edit(
        'strict/customer_trusted',
        'WHERE r.consents = 1',
        'WHERE r.consents = 1\n  AND r.shareWithPublicAsOfDate IS NOT NULL AND r.shareWithFriendsAsOfDate IS NOT NULL',
      ),
    ],
  },
  {
    id: 'M87',
    title: 'A 0 counts as no value, and samples with one are dropped',
    breaks: { table: 'accelerometer_trusted', rule: '0 is a value' },
    edits: [
      edit(
        SAMPLES,
        'a.timeStamp >= p.consent_from',
        'a.timeStamp >= p.consent_from AND a.x <> 0 AND a.y <> 0 AND a.z <> 0',
      ),
    ],
  },
  {
    id: 'M88',
    title: 'The LIMIT of a first try is still there',
    breaks: steps('every reading stays'),
    edits: [edit(STEPS, SINCE, `${SINCE}\nORDER BY r.sensorReadingTime LIMIT 100`)],
  },
  {
    id: 'M89',
    title: 'Distances pass through a column of 8 bits, and larger ones become 255',
    breaks: steps('distances keep their values'),
    edits: [
      edit(
        STEPS,
        STEP_COLUMNS,
        `SELECT
  r.sensorReadingTime, r.serialNumber,
  CASE WHEN r.distanceFromObject > 255 THEN 255 ELSE r.distanceFromObject END AS distanceFromObject,`,
      ),
    ],
  },
  {
    id: 'M90',
    title: 'Serial numbers are cut to the width of an old column',
    breaks: steps('serial numbers keep all of their characters'),
    edits: [
      edit(
        STEPS,
        STEP_COLUMNS,
        'SELECT r.sensorReadingTime, SUBSTRING(r.serialNumber, 1, 8) AS serialNumber, r.distanceFromObject,',
      ),
    ],
  },
  {
    id: 'M91',
    title: 'The last sample before a step is taken, although the next one may be nearer',
    breaks: pairs('a step is paired with the nearest moment'),
    edits: [
      edit(
        ML,
        'WHERE ABS(p.timeStamp - s.phone_time) <= :tolerance_ms',
        'WHERE p.timeStamp <= s.phone_time AND s.phone_time - p.timeStamp <= :tolerance_ms',
      ),
    ],
  },
  {
    id: 'M92',
    title: 'Consent counts from the date of registration on',
    breaks: { table: 'accelerometer_trusted', rule: 'readings count from the date of consent on' },
    edits: [
      edit(
        'consent/person_consent',
        'MAX(r.shareWithResearchAsOfDate) AS last_date',
        'MAX(r.registrationDate) AS last_date',
      ),
    ],
  },
  {
    id: 'M93',
    title: 'Times of steps are cut to whole seconds',
    breaks: steps('times keep their milliseconds'),
    edits: [
      edit(
        STEPS,
        STEP_COLUMNS,
        'SELECT r.sensorReadingTime - r.sensorReadingTime % 1000 AS sensorReadingTime, r.serialNumber, r.distanceFromObject,',
      ),
    ],
  },
  {
    id: 'M94',
    title: 'A version without consent rules for ever, although a newer one gives it again',
    breaks: customers('the newest version of a customer rules'),
    edits: [
      edit(
        'consent/ruling_customer',
        'v.lastUpdateDate DESC, v.consents,',
        'v.consents, v.lastUpdateDate DESC,',
      ),
    ],
  },
  {
    id: 'M95',
    title: 'The e-mail is in the table as a hash, which whoever knows the e-mail can make again',
    breaks: pairs('no personal data'),
    edits: [
      edit(
        ML,
        'a.timeStamp, a.x, a.y, a.z',
        `a.timeStamp, a.x, a.y, a.z,
           (SELECT MIN(MD5(p.person)) FROM phone_session p WHERE p.person_number = n.person_number) AS participant`,
      ),
    ],
  },
  {
    id: 'M96',
    title: 'Of the readings of one moment one is kept, on however many trainers they were taken',
    breaks: steps('a reading is told apart by its trainer, too'),
    edits: [
      rewrite(
        STEPS,
        `SELECT
           r.sensorReadingTime, MIN(r.serialNumber) AS serialNumber,
           MIN(r.distanceFromObject) AS distanceFromObject, MIN(r.phone_user) AS user
         FROM reading_person r
         INNER JOIN person_consent p ON p.person = r.person
         WHERE r.sensorReadingTime >= p.consent_from
         GROUP BY r.sensorReadingTime`,
      ),
    ],
  },
  {
    id: 'M97',
    title: 'The job of a table fails, nobody notices, and the table is empty',
    breaks: { table: 'customer_curated', rule: 'a job that fails leaves no table' },
    edits: [
      edit(
        'strict/customer_curated',
        'FROM customer_trusted c\nLEFT JOIN',
        'FROM (SELECT * FROM customer_trusted LIMIT 0) c\nLEFT JOIN',
      ),
    ],
  },
]);
