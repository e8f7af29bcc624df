/** Mutants that get wrong who consents, and from when on. */
import { edit, mutantsOf } from '../mutant.ts';
import type { Mutant } from '../mutant.ts';

const RULING = 'consent/ruling_customer';
const PERSON = 'consent/person_consent';
const CONSENTS = 'COALESCE(c.shareWithResearchAsOfDate, 0) = 0';
const LAST_DATE = 'MAX(r.shareWithResearchAsOfDate) AS last_date';
const PERSON_NAME = 'LOWER(c.email) AS person';
const VERSION_SOURCE = 'FROM customer_landing c';

const customers = (rule: string): Mutant['breaks'] => ({ table: 'customer_trusted', rule });
const samples = (rule: string): Mutant['breaks'] => ({ table: 'accelerometer_trusted', rule });

/** Mutants of the consent models, which all zones read. */
export const CONSENT_MUTANTS: readonly Mutant[] = mutantsOf('strict', [
  {
    id: 'M01',
    title: 'A consent that was never given counts, because the filter knows 0 and not null',
    breaks: customers('an absent date is no consent'),
    edits: [edit(RULING, CONSENTS, 'c.shareWithResearchAsOfDate = 0')],
  },
  {
    id: 'M02',
    title: 'A consent date of 0 counts as a consent since 1970',
    breaks: customers('a date of 0 is no consent'),
    edits: [edit(RULING, CONSENTS, 'c.shareWithResearchAsOfDate IS NULL')],
  },
  {
    id: 'M03',
    title: 'Consent of any kind counts, to friends or to the public as well',
    breaks: customers('only consent to research counts'),
    edits: [
      edit(
        RULING,
        CONSENTS,
        'COALESCE(c.shareWithResearchAsOfDate, 0) + COALESCE(c.shareWithPublicAsOfDate, 0) + COALESCE(c.shareWithFriendsAsOfDate, 0) = 0',
      ),
      edit(
        PERSON,
        LAST_DATE,
        'MAX(COALESCE(NULLIF(r.shareWithResearchAsOfDate, 0), NULLIF(r.shareWithPublicAsOfDate, 0), r.shareWithFriendsAsOfDate)) AS last_date',
      ),
    ],
  },
  {
    id: 'M04',
    title: 'The date of sharing with the public is taken for that of sharing with research',
    breaks: customers('only consent to research counts'),
    edits: [
      edit(RULING, CONSENTS, 'COALESCE(c.shareWithPublicAsOfDate, 0) = 0'),
      edit(PERSON, LAST_DATE, 'MAX(r.shareWithPublicAsOfDate) AS last_date'),
    ],
  },
  {
    id: 'M05',
    title: 'Once somebody consents, everything they did before counts as well',
    breaks: samples('readings count from the date of consent on'),
    edits: [edit(PERSON, 'ELSE p.last_date END', 'ELSE 0 END')],
  },
  {
    id: 'M06',
    title: 'The first date of consent counts, although it was taken back in between',
    breaks: samples('a consent that is given again counts from its own date on'),
    edits: [
      edit(
        PERSON,
        LAST_DATE,
        '(SELECT MIN(c.shareWithResearchAsOfDate) FROM customer_landing c WHERE LOWER(c.email) = r.person AND c.shareWithResearchAsOfDate > 0) AS last_date',
      ),
    ],
  },
  {
    id: 'M07',
    title: 'A consent that was given once can never be taken back',
    breaks: customers('the newest version of a customer rules'),
    edits: [edit(RULING, 'v.consents * :consent_ever DESC', 'v.consents DESC')],
  },
  {
    id: 'M08',
    title: 'Versions without consent are thrown away before the newest version is looked for',
    breaks: customers('a customer without consent speaks for all who share the address'),
    edits: [
      edit(
        RULING,
        VERSION_SOURCE,
        `${VERSION_SOURCE}\n  WHERE COALESCE(c.shareWithResearchAsOfDate, 0) <> 0`,
      ),
    ],
  },
  {
    id: 'M09',
    title: 'The oldest version of a customer rules',
    breaks: customers('the newest version of a customer rules'),
    edits: [edit(RULING, 'v.lastUpdateDate DESC', 'v.lastUpdateDate')],
  },
  {
    id: 'M10',
    title: 'Every version of a customer stays a customer',
    breaks: customers('one customer is one row'),
    edits: [edit(RULING, 'r.version_rank = 1', 'r.version_rank >= 1')],
  },
  {
    id: 'M11',
    title: 'Of several customers with one e-mail it is enough that one consents',
    breaks: samples('all who share an address have to consent'),
    edits: [edit(PERSON, 'p.consenting = p.customers', 'p.consenting > 0')],
  },
  {
    id: 'M12',
    title: 'Of several customers with one e-mail the earliest consent counts for all',
    breaks: samples('the latest consent of all who share an address counts'),
    edits: [edit(PERSON, 'MAX(r.shareWithResearchAsOfDate)', 'MIN(r.shareWithResearchAsOfDate)')],
  },
  {
    id: 'M13',
    title: 'Customers with one e-mail are taken for versions of one customer',
    breaks: customers('e-mail and date of registration make a customer'),
    edits: [edit(RULING, 'PARTITION BY v.person, v.registrationDate', 'PARTITION BY v.person')],
  },
  {
    id: 'M14',
    title: 'E-mails of the customer feed are compared letter by letter',
    breaks: customers('e-mails are compared without regard to case'),
    edits: [edit(RULING, PERSON_NAME, 'c.email AS person')],
  },
]);
