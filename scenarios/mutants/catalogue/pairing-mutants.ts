/** Mutants that get the table for machine learning wrong, and one that publishes wrongly. */
import { edit, mutantsOf, rewrite } from '../mutant.ts';
import type { Mutant } from '../mutant.ts';

const ML = 'strict/machine_learning_curated';
const COLUMNS =
  's.sensorReadingTime, s.serialNumber, s.distanceFromObject, a.timeStamp, a.x, a.y, a.z';
const SLICE_JOIN =
  'INNER JOIN phone_stamp p ON p.person_number = s.person_number AND p.slice = s.slice';
const WITHIN = 'WHERE ABS(p.timeStamp - s.phone_time) <= :tolerance_ms';
const OFFSET = 'r.sensorReadingTime - r.clock_offset_ms AS phone_time';
const SAMPLE_JOIN =
  'INNER JOIN trusted_sample a ON a.person_number = n.person_number AND a.timeStamp = n.timeStamp';

const pairs = (rule: string): Mutant['breaks'] => ({ table: 'machine_learning_curated', rule });

/** Mutants of machine_learning_curated. */
export const PAIRING_MUTANTS: readonly Mutant[] = mutantsOf('strict', [
  {
    id: 'M46',
    title: 'Steps and samples are joined on the timestamp alone',
    breaks: pairs("a step is paired with the same person's phone"),
    edits: [
      rewrite(
        ML,
        `SELECT DISTINCT ${COLUMNS}
         FROM step_trainer_trusted s
         INNER JOIN accelerometer_trusted a ON a.timeStamp = s.sensorReadingTime`,
      ),
    ],
  },
  {
    id: 'M47',
    title: "The nearest sample is taken, whoever's phone it is",
    breaks: pairs("a step is paired with the same person's phone"),
    edits: [
      edit(ML, SLICE_JOIN, 'INNER JOIN phone_stamp p ON p.slice = s.slice'),
      edit(ML, SAMPLE_JOIN, 'INNER JOIN trusted_sample a ON a.timeStamp = n.timeStamp'),
    ],
  },
  {
    id: 'M48',
    title: 'The nearest sample is taken, however far away it is',
    breaks: pairs('a pair is within the tolerance'),
    edits: [
      edit(ML, SLICE_JOIN, 'INNER JOIN phone_stamp p ON p.person_number = s.person_number'),
      edit(ML, WITHIN, 'WHERE ABS(p.timeStamp - s.phone_time) <= 60000'),
    ],
  },
  {
    id: 'M49',
    title: 'All samples within half a minute are paired, not only the nearest',
    breaks: pairs('a step is paired with one moment'),
    edits: [
      edit(ML, SLICE_JOIN, 'INNER JOIN phone_stamp p ON p.person_number = s.person_number'),
      edit(ML, WITHIN, 'WHERE ABS(p.timeStamp - s.phone_time) <= 5000'),
      edit(ML, 'n.nearness = 1', 'n.nearness >= 1'),
    ],
  },
  {
    id: 'M50',
    title: 'The offset between the clocks is not corrected',
    breaks: pairs('clock offsets are corrected'),
    edits: [edit(ML, OFFSET, 'r.sensorReadingTime AS phone_time')],
  },
  {
    id: 'M51',
    title: 'The offset between the clocks is corrected in the wrong direction',
    breaks: pairs('clock offsets are corrected'),
    edits: [edit(ML, OFFSET, 'r.sensorReadingTime + r.clock_offset_ms AS phone_time')],
  },
  {
    id: 'M52',
    title: 'The e-mail is in the table under another name',
    breaks: pairs('no personal data'),
    edits: [
      edit(
        ML,
        'a.timeStamp, a.x, a.y, a.z',
        `a.timeStamp, a.x, a.y, a.z,
           (SELECT MIN(p.person) FROM phone_session p WHERE p.person_number = n.person_number) AS participant`,
      ),
    ],
  },
  {
    id: 'M53',
    title: 'A column of acceleration is lost',
    breaks: pairs('tables have the columns of the catalog'),
    edits: [edit(ML, 'a.timeStamp, a.x, a.y, a.z', 'a.timeStamp, a.x, a.y')],
  },
  {
    id: 'M54',
    title: 'Pairs are made from the landing tables, and consent is forgotten',
    breaks: pairs('only trusted readings are paired'),
    edits: [
      edit(ML, 'INNER JOIN person_consent p ON p.person = r.person', ''),
      edit(ML, 'WHERE r.sensorReadingTime >= p.consent_from', ''),
      edit(
        ML,
        'INNER JOIN trusted_sample a',
        `INNER JOIN (
           SELECT DISTINCT p.person_number, l.timeStamp, l.x, l.y, l.z
           FROM accelerometer_landing l
           INNER JOIN phone_session p ON p.person = LOWER(l.user)
         ) a`,
      ),
    ],
  },
  {
    id: 'M55',
    title: 'Steps find their samples through the serial number of the customer',
    breaks: pairs('the serial number of the feed is not believed'),
    edits: [
      rewrite(
        ML,
        `SELECT DISTINCT ${COLUMNS}
         FROM step_trainer_trusted s
         INNER JOIN customer_curated c ON c.serialNumber = s.serialNumber
         INNER JOIN accelerometer_trusted a
           ON LOWER(a.user) = LOWER(c.email) AND a.timeStamp = s.sensorReadingTime`,
      ),
    ],
  },
  {
    id: 'M56',
    title: 'Steps and samples are joined on the e-mail alone',
    breaks: pairs('a step is paired with one moment'),
    explodes: true,
    edits: [
      rewrite(
        ML,
        `SELECT DISTINCT ${COLUMNS}
         FROM step_trainer_trusted s
         INNER JOIN accelerometer_trusted a ON LOWER(a.user) = LOWER(s.user)`,
      ),
    ],
  },
  {
    id: 'M57',
    title: 'Milliseconds are compared with seconds, and the table is empty without an error',
    breaks: pairs('all times are milliseconds'),
    edits: [edit(ML, 'a.timeStamp = n.timeStamp', 'a.timeStamp * 1000 = n.timeStamp')],
  },
  {
    id: 'M58',
    title: 'Of the samples of one moment one is kept',
    breaks: pairs('all samples of the moment are paired'),
    edits: [
      edit(
        ML,
        'SELECT n.sensorReadingTime, d.serialNumber, n.distanceFromObject, a.timeStamp, a.x, a.y, a.z',
        'SELECT n.sensorReadingTime, d.serialNumber, n.distanceFromObject, a.timeStamp, MAX(a.x) AS x, MAX(a.y) AS y, MAX(a.z) AS z',
      ),
      edit(
        ML,
        'WHERE n.nearness = 1',
        'WHERE n.nearness = 1\nGROUP BY n.sensorReadingTime, d.serialNumber, n.distanceFromObject, a.timeStamp',
      ),
    ],
  },
  {
    id: 'M59',
    title: 'A second run adds its rows to those of the first',
    breaks: { table: 'customer_trusted', rule: 'running again changes nothing' },
    appends: true,
    edits: [],
  },
]);
