/** The feed of customers: who shares what with whom, and what does not fit to the phones and trainers. */
import type { Engine, SqlRow } from '../engine/duckdb.ts';
import { loadSqlText } from '../engine/sql-text.ts';
import type { AuditFinding, Check } from './finding.ts';
import { count, moment, numberIn, people, percent, serial, verb } from './wording.ts';

/** What is said about the one row that a query gives. */
type Saying = Omit<AuditFinding, 'rows' | 'breaks'>;

/** A check by one query that gives one row: what it found, in the column `found`, and whatever there is to say about it. */
function checkFor(query: string, say: (rows: number, row: SqlRow) => Saying): Check {
  return async (engine: Engine) => {
    const [row] = await engine.query(await loadSqlText(`audit/${query}`));
    const rows = numberIn(row, 'found');
    if (row === undefined || rows === 0) return [];
    return [{ ...say(rows, row), rows, breaks: false }];
  };
}

const checkSharedSerials = checkFor('serial-shared', (rows, row) => ({
  id: 'serial-shared',
  title: `${count(rows, 'customer')} of the feed share ${count(numberIn(row, 'serials'), 'serial number')}.`,
  // What no trainer reports may be anything that somebody typed into the field, and is not shown.
  example: `${count(numberIn(row, 'example_customers'), 'customer')} have ${row['example_serial'] === null ? 'one that no trainer reports' : `the serial number ${serial(row['example_serial'])}`}.`,
  why: 'Fulfilment gives out the same serial numbers again and again, so a join on them gives every reading to all of those customers.',
  fix: 'Do not believe the serial number of the feed: attribute sessions by coinciding phone timestamps.',
}));

const checkWrongSerials = checkFor('serial-wrong', (rows, row) => ({
  id: 'serial-wrong',
  title: `${count(rows, 'customer')} of ${numberIn(row, 'of_customers').toLocaleString('en-US')} who were seen on a trainer ${verb(rows, 'was', 'were')} never seen on the one that the feed says is theirs.`,
  example: `A customer was seen on the trainer ${serial(row['example_serial'])}, which the feed does not give them.`,
  why: 'The feed has the serial number of another trainer, so a join on it gives these customers the readings of somebody else, or none.',
  fix: 'Take the trainer that the phone moved with: customer_curated of the strict zones states it, and how sure it is.',
}));

const checkSharedEmails = checkFor('email-shared', (rows, row) => {
  const outvoted = numberIn(row, 'outvoted');
  return {
    id: 'email-shared',
    title: `${count(rows, 'customer')} of the feed share ${count(numberIn(row, 'addresses'), 'e-mail address', 'e-mail addresses')} with others.`,
    example: `One address belongs to ${count(numberIn(row, 'most_customers'), 'customer')}; ${outvoted.toLocaleString('en-US')} of all these consent although another with the address does not.`,
    why: 'Their phones cannot be told apart, so the data of one is also that of the others, who may not consent.',
    fix: 'Let everybody with an address consent before its data is used, and give each customer an id of their own.',
  };
});

const checkSpelling = checkFor('email-spelled-otherwise', (rows, row) => ({
  id: 'email-spelled-otherwise',
  title: `The phones of ${people(rows)} spell the e-mail address otherwise than the feed does.`,
  example: `This concerns ${count(numberIn(row, 'sessions'), 'phone session')}.`,
  why: 'A join that tells upper and lower case apart loses all of their samples, and a withdrawal under another spelling too.',
  fix: 'Compare e-mail addresses in lower case everywhere.',
}));

const checkUnknownPhones = checkFor('phone-unknown', (rows, row) => ({
  id: 'phone-unknown',
  title: `Samples came from the phones of ${people(rows)} whom the feed does not know.`,
  example: `They sent ${count(numberIn(row, 'sessions'), 'session')}, the first from ${moment(row['first_moment'])} on.`,
  why: 'Nobody knows whether they consent, so nothing of them gets into a zone.',
  fix: 'Find out whether the feed is late or lost customers, or whether the app lets in people who never registered.',
}));

const checkUnknownTrainers = checkFor('trainer-unknown', (rows, row) => ({
  id: 'trainer-unknown',
  title: `${count(rows, 'trainer')} measured although no customer of the feed has ${verb(rows, 'its', 'their')} serial number.`,
  example: `One is ${serial(row['example_serial'])}; all of them have ${count(numberIn(row, 'sessions'), 'session')}.`,
  why: 'The feed is late or wrong about who has which trainer, so a join on the serial number loses these readings.',
  fix: 'Ask fulfilment who got these trainers. The strict zones attribute their readings all the same.',
}));

const checkWithdrawals = checkFor('consent-withdrawn', (rows, row) => ({
  id: 'consent-withdrawn',
  title: `${count(rows, 'customer')} withdrew consent to research in a later version.`,
  example: `The first withdrew at ${moment(row['first_moment'])}.`,
  why: 'Whoever takes any version of a customer for consent keeps using their data.',
  fix: 'Let the latest version rule, and remove them from copies of the zones made before.',
}));

const checkClocks = checkFor('clock-offsets', (rows, row) => {
  const sessions = numberIn(row, 'of_sessions');
  return {
    id: 'clock-offsets',
    title: `In ${count(rows, 'session')} of ${sessions.toLocaleString('en-US')} (${percent(rows, sessions)}) the clock of the phone is off that of the trainer.`,
    example: `Half of all are off by ${count(numberIn(row, 'median_ms'), 'ms', 'ms')} or more, one by ${count(numberIn(row, 'greatest_ms'), 'ms', 'ms')}: trainer ${serial(row['example_serial'])} from ${moment(row['first_moment'])} on.`,
    why: 'A join on equal timestamps loses their rows already at 1 ms, and pairs them with strangers by chance.',
    fix: 'Correct each session by its offset before pairing, as the strict zones do, and let phones and hosts use NTP.',
  };
});

/** Checks of the feed, in the order of reports. */
export const FEED_CHECKS: readonly Check[] = [
  checkSharedSerials,
  checkWrongSerials,
  checkSharedEmails,
  checkSpelling,
  checkWithdrawals,
  checkUnknownPhones,
  checkUnknownTrainers,
  checkClocks,
];
