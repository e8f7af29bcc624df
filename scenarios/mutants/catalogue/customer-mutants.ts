/** Mutants that get the curated customers wrong. */
import { edit, mutantsOf } from '../mutant.ts';
import type { Mutant } from '../mutant.ts';

const CURATED = 'strict/customer_curated';
const FROM = 'FROM customer_trusted c';
const EXISTS =
  'WHERE EXISTS (SELECT 1 FROM accelerometer_trusted a WHERE LOWER(a.user) = LOWER(c.email))';

const curated = (rule: string): Mutant['breaks'] => ({ table: 'customer_curated', rule });

/** Mutants of customer_curated and customer_trusted. */
export const CUSTOMER_MUTANTS: readonly Mutant[] = mutantsOf('strict', [
  {
    id: 'M28',
    title: 'Customers without any trusted sample are curated all the same',
    breaks: curated('only customers with trusted samples'),
    edits: [edit(CURATED, EXISTS, 'WHERE c.email IS NOT NULL')],
  },
  {
    id: 'M29',
    title:
      'Curated customers come from the wrong table, and with them those who have samples in landing',
    breaks: curated('only customers who consent'),
    edits: [
      edit(CURATED, FROM, 'FROM ruling_customer c'),
      edit(
        CURATED,
        'SELECT 1 FROM accelerometer_trusted a',
        'SELECT 1 FROM accelerometer_landing a',
      ),
    ],
  },
  {
    id: 'M30',
    title: 'Customers are joined with their samples and never made distinct',
    breaks: curated('one customer is one row'),
    edits: [
      edit(
        CURATED,
        FROM,
        `${FROM}\nINNER JOIN accelerometer_trusted s ON LOWER(s.user) = LOWER(c.email)`,
      ),
    ],
  },
  {
    id: 'M31',
    title: 'The trainer of a customer is the one of the feed, although they were seen on another',
    breaks: curated('the trainer is the one that the person was seen on'),
    edits: [
      edit(
        CURATED,
        't.serialNumber AS trainerSerialNumber',
        'c.serialNumber AS trainerSerialNumber',
      ),
    ],
  },
  {
    id: 'M32',
    title: 'One customer per serial number is kept',
    breaks: curated('every customer with trusted samples'),
    edits: [
      edit(
        CURATED,
        EXISTS,
        `${EXISTS}\n  AND c.email = (SELECT MIN(o.email) FROM customer_trusted o WHERE o.serialNumber = c.serialNumber)`,
      ),
    ],
  },
  {
    id: 'M33',
    title: 'The serial number of the customer is lost on the way',
    breaks: curated('tables have the columns of the catalog'),
    edits: [
      edit(
        CURATED,
        'c.birthDay, c.serialNumber, c.registrationDate',
        'c.birthDay, c.registrationDate',
      ),
    ],
  },
  {
    id: 'M34',
    title: 'The date of registration is overwritten by that of the last update',
    breaks: { table: 'customer_trusted', rule: 'customers keep what their ruling version says' },
    edits: [
      edit(
        'strict/customer_trusted',
        'r.registrationDate,',
        'r.lastUpdateDate AS registrationDate,',
      ),
    ],
  },
]);
