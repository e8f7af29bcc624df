/** Mutants of the pipeline that the published projects meant: what those do wrong beyond it. */
import { edit, mutantsOf } from '../mutant.ts';
import type { Mutant } from '../mutant.ts';

const CUSTOMERS = 'classic/customer_trusted';
const SAMPLES = 'classic/accelerometer_trusted';
const CURATED = 'classic/customer_curated';
const STEPS = 'classic/step_trainer_trusted';
const ML = 'classic/machine_learning_curated';
const CONSENTS = 'c.shareWithResearchAsOfDate IS NOT NULL AND c.shareWithResearchAsOfDate <> 0';

/** Mutants of the classic pipeline, held to what that gets right. */
export const CLASSIC_MUTANTS: readonly Mutant[] = mutantsOf('classic', [
  {
    id: 'M60',
    title: 'Classic, and a consent that was never given counts: the filter is unsafe for nulls',
    breaks: { table: 'customer_trusted', rule: 'an absent date is no consent' },
    edits: [edit(CUSTOMERS, CONSENTS, 'COALESCE(c.shareWithResearchAsOfDate, 1) <> 0')],
  },
  {
    id: 'M61',
    title: 'Classic, and consent to share with the public counts',
    breaks: { table: 'customer_trusted', rule: 'only consent to research counts' },
    edits: [edit(CUSTOMERS, CONSENTS, 'COALESCE(c.shareWithPublicAsOfDate, 0) <> 0')],
  },
  {
    id: 'M62',
    title: 'Classic, and samples are joined with all customers of the feed',
    breaks: { table: 'accelerometer_trusted', rule: 'only people who consent' },
    edits: [edit(SAMPLES, 'INNER JOIN customer_trusted c', 'INNER JOIN customer_landing c')],
  },
  {
    id: 'M63',
    title:
      'Classic, and curated customers are joined with their samples without making them distinct',
    breaks: { table: 'customer_curated', rule: 'one customer is one row' },
    explodes: true,
    edits: [
      edit(CURATED, 'SELECT DISTINCT', 'SELECT'),
      edit(
        CURATED,
        'WHERE EXISTS (SELECT 1 FROM accelerometer_trusted a WHERE a.user = c.email)',
        'INNER JOIN accelerometer_trusted a ON a.user = c.email',
      ),
    ],
  },
  {
    id: 'M64',
    title:
      'Classic, and step readings are joined with the customer feed instead of the curated customers',
    breaks: { table: 'step_trainer_trusted', rule: 'only people who consent' },
    edits: [edit(STEPS, 'INNER JOIN customer_curated c', 'INNER JOIN customer_landing c')],
  },
  {
    id: 'M65',
    title: 'Classic, and a left join keeps all step readings',
    breaks: { table: 'step_trainer_trusted', rule: 'only people who consent' },
    edits: [edit(STEPS, 'INNER JOIN', 'LEFT JOIN')],
  },
  {
    id: 'M66',
    title: 'Classic, and pairs are made from all samples that landed',
    breaks: { table: 'machine_learning_curated', rule: 'only trusted readings are paired' },
    edits: [edit(ML, 'INNER JOIN accelerometer_trusted a', 'INNER JOIN accelerometer_landing a')],
  },
  {
    id: 'M67',
    title: 'Classic, and the serial number is lost from the pairs',
    breaks: { table: 'machine_learning_curated', rule: 'tables have the columns of the catalog' },
    edits: [
      edit(
        ML,
        's.sensorReadingTime, s.serialNumber, s.distanceFromObject',
        's.sensorReadingTime, s.distanceFromObject',
      ),
    ],
  },
  {
    id: 'M68',
    title: 'Classic, and the join of times finds nothing without an error',
    breaks: { table: 'machine_learning_curated', rule: 'all times are milliseconds' },
    edits: [
      edit(ML, 's.sensorReadingTime = a.timeStamp', 's.sensorReadingTime = a.timeStamp / 1000'),
    ],
  },
  {
    id: 'M69',
    title: 'Classic, and a second run adds its rows to those of the first',
    breaks: { table: 'customer_trusted', rule: 'running again changes nothing' },
    appends: true,
    edits: [],
  },
]);
