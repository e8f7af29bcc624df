/** Mutants that get wrong whose the readings of a trainer are. */
import { edit, mutantsOf, rewrite } from '../mutant.ts';
import type { Mutant } from '../mutant.ts';

const STEPS = 'strict/step_trainer_trusted';
const READING_PERSON = 'attribution/reading_person';
const FROM_SINCE = 'WHERE r.sensorReadingTime >= p.consent_from';
const COLUMNS = 's.sensorReadingTime, s.serialNumber, s.distanceFromObject';

const steps = (rule: string): Mutant['breaks'] => ({ table: 'step_trainer_trusted', rule });

/** Mutants of step_trainer_trusted and of attribution. */
export const TRAINER_MUTANTS: readonly Mutant[] = mutantsOf('strict', [
  {
    id: 'M35',
    title: 'A reading at the very moment of the consent is left out',
    breaks: steps('the moment of the consent is included'),
    edits: [edit(STEPS, FROM_SINCE, 'WHERE r.sensorReadingTime > p.consent_from')],
  },
  {
    id: 'M36',
    title: 'Readings of a trainer count from before the consent as well',
    breaks: steps('readings count from the date of consent on'),
    edits: [edit(STEPS, FROM_SINCE, 'WHERE p.consent_from IS NOT NULL')],
  },
  {
    id: 'M37',
    title: 'All readings that are attributed to anybody stay, with or without consent',
    breaks: steps('only people who consent'),
    edits: [
      edit(STEPS, 'INNER JOIN person_consent p ON p.person = r.person', ''),
      edit(STEPS, FROM_SINCE, ''),
    ],
  },
  {
    id: 'M38',
    title: 'Readings belong to whoever has their serial number in the customer feed',
    breaks: steps('the serial number of the feed is not believed'),
    edits: [
      rewrite(
        STEPS,
        `SELECT DISTINCT ${COLUMNS}, c.email AS user
         FROM step_trainer_landing s
         INNER JOIN customer_curated c ON c.serialNumber = s.serialNumber
         INNER JOIN person_consent p ON p.person = LOWER(c.email)
         WHERE s.sensorReadingTime >= p.consent_from`,
      ),
    ],
  },
  {
    id: 'M39',
    title: "Readings that could not be attributed stay, as if they were nobody's",
    breaks: steps('what belongs to nobody is not used'),
    edits: [
      rewrite(
        STEPS,
        `SELECT ${COLUMNS}, r.phone_user AS user
         FROM step_reading s
         LEFT JOIN reading_person r
           ON r.serialNumber = s.serialNumber AND r.sensorReadingTime = s.sensorReadingTime
           AND r.distanceFromObject = s.distanceFromObject
         LEFT JOIN person_consent p ON p.person = r.person
         WHERE r.person IS NULL OR s.sensorReadingTime >= p.consent_from`,
      ),
    ],
  },
  {
    id: 'M40',
    title: 'Everything that a trainer measured belongs to whoever has most of its readings',
    breaks: steps('each session is attributed by itself'),
    edits: [
      rewrite(
        STEPS,
        `SELECT ${COLUMNS}, m.phone_user AS user
         FROM step_reading s
         INNER JOIN (
           SELECT
             r.serialNumber, r.person, MIN(r.phone_user) AS phone_user,
             ROW_NUMBER() OVER (PARTITION BY r.serialNumber ORDER BY COUNT(*) DESC, r.person) AS place
           FROM reading_person r
           GROUP BY r.serialNumber, r.person
         ) m ON m.serialNumber = s.serialNumber AND m.place = 1
         INNER JOIN person_consent p ON p.person = m.person
         WHERE s.sensorReadingTime >= p.consent_from`,
      ),
    ],
  },
  {
    id: 'M41',
    title: 'A whole session belongs to whoever has most of the rows in it',
    breaks: steps('people who change in the middle of a session are told apart'),
    edits: [
      rewrite(
        STEPS,
        `SELECT ${COLUMNS}, m.phone_user AS user
         FROM step_reading s
         INNER JOIN (
           SELECT
             r.device_session, r.person, MIN(r.phone_user) AS phone_user,
             ROW_NUMBER() OVER (PARTITION BY r.device_session ORDER BY COUNT(*) DESC, r.person) AS place
           FROM reading_person r
           GROUP BY r.device_session, r.person
         ) m ON m.device_session = s.device_session AND m.place = 1
         INNER JOIN person_consent p ON p.person = m.person
         WHERE s.sensorReadingTime >= p.consent_from`,
      ),
    ],
  },
  {
    id: 'M42',
    title: 'The likeliest person is taken where nobody is likely enough',
    breaks: steps('what is ambiguous stays unattributed'),
    edits: [
      edit('attribution/accepted_pair', 'b.posterior >= :accept_min', 'b.posterior >= 0.3'),
      edit(
        'attribution/accepted_pair',
        'b.offset_posterior >= :accept_offset_min',
        'b.offset_posterior >= 0.3',
      ),
    ],
  },
  {
    id: 'M43',
    title: 'Phone and trainer are matched by equal timestamps, as if they had one clock',
    breaks: steps('clock offsets are found and corrected'),
    edits: [
      rewrite(
        READING_PERSON,
        `SELECT
           r.serialNumber, r.sensorReadingTime, r.distanceFromObject, MIN(s.person) AS person,
           MIN(s.phone_user) AS phone_user, 0 AS clock_offset_ms, 1e0 AS posterior, r.device_session,
           MIN(d.device_number) AS device_number, MIN(s.person_number) AS person_number
         FROM step_reading r
         INNER JOIN device_session d ON d.device_session = r.device_session
         INNER JOIN phone_sample s ON s.timeStamp = r.sensorReadingTime
         GROUP BY r.serialNumber, r.sensorReadingTime, r.distanceFromObject, r.device_session`,
      ),
    ],
  },
  {
    id: 'M44',
    title: 'Phones are told apart by the spelling of their e-mail',
    breaks: steps('e-mails are compared without regard to case'),
    edits: [edit('attribution/phone_sample', 'LOWER(a.user) AS person', 'a.user AS person')],
  },
  {
    id: 'M45',
    title: 'A reading that only a lost sample could have supported is left out',
    breaks: steps('readings inside a session belong to its person'),
    edits: [
      edit(
        STEPS,
        FROM_SINCE,
        `${FROM_SINCE}
  AND EXISTS (
    SELECT 1 FROM phone_sample s
    WHERE s.person = r.person AND ABS(s.timeStamp + r.clock_offset_ms - r.sensorReadingTime) <= :tolerance_ms
  )`,
      ),
    ],
  },
]);
