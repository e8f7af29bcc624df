/** The key `world` as people write it. Written by `npm run docs:schema` from the schema of scenario files. */
import type { Duration, Share } from './quantities.ts';

/** The people: how many, how they live, what they own and what they agree to. */
export type WorldInput = {
  /** First moment of the world: a time in UTC, from 1971 to 9998. */
  readonly start: string;
  /** How many people there are. */
  readonly customers: number;
  /** People who live together and share one trainer. Without it everybody lives alone. */
  readonly households?:
    | {
        /** How many people share one trainer; the last household may be smaller. */
        readonly size: number;
      }
    | undefined;
  /** How often people exercise. Without it everybody does so once. */
  readonly sessions?:
    | {
        /** How many exercises each person does, one after the other. */
        readonly perPerson: number;
      }
    | undefined;
  /** When people register: 1 to 30 days before the start, or from 15 s before to 59 s after the start of their first session. Without it, before. */
  readonly registration?: 'before' | 'during' | undefined;
  /** Which serial numbers the website believes people to have. Without it, those of their own household's trainer. */
  readonly serials?:
    | {
        /** How many serial numbers the website gives out again and again: the fulfilment bug. At most as many as there are trainers. Without it, everybody gets the number of the own trainer. */
        readonly pool?: number | undefined;
        /** How those of the pool are given out: in turn; drawn for each person, all as likely or the first ones most; or in turn but shifted by one, so that nobody has the right one. Without it, in turn. */
        readonly assign?: 'round-robin' | 'random' | 'skewed' | 'shifted' | undefined;
        /** The website gives out numbers in another way, and writes each customer a new version with the new one. */
        readonly changes?:
          | readonly {
              /** When, from the start of the run. */
              readonly at: Duration;
              /** How many serial numbers the website gives out again and again: the fulfilment bug. At most as many as there are trainers. Without it, everybody gets the number of the own trainer. */
              readonly pool?: number | undefined;
              /** How those of the pool are given out: in turn; drawn for each person, all as likely or the first ones most; or in turn but shifted by one, so that nobody has the right one. Without it, in turn. */
              readonly assign?: 'round-robin' | 'random' | 'skewed' | 'shifted' | undefined;
            }[]
          | undefined;
      }
    | undefined;
  /** Households that send their trainer back after the first sessions and get a new one. Takes two sessions per person. */
  readonly returns?:
    | {
        /** How many households do so: the first ones by number. */
        readonly trainers: number;
        /** Whether the website hears of it and writes the new serial number to the customers. */
        readonly told?: boolean | undefined;
      }
    | undefined;
  /** Pairs of households that exchange their trainers after the first sessions. Takes two sessions per person. */
  readonly swaps?:
    | {
        /** How many pairs of households do so: the next ones by number. */
        readonly pairs: number;
        /** Whether the website hears of it and writes the new serial number to the customers. */
        readonly told?: boolean | undefined;
      }
    | undefined;
  /** Pairs of people with one name who share an e-mail, on their phones as well. */
  readonly namesakes?:
    | {
        /** How many pairs there are: persons 0 and 1, 2 and 3, and so on. */
        readonly pairs: number;
        /** Who of a pair consents: the first one, both, or as everybody else. Those who change their mind do so all the same. */
        readonly consent?: 'one' | 'both' | 'drawn' | undefined;
      }
    | undefined;
  /** How e-mails are spelled. Without it, everywhere as at the registration. */
  readonly emails?:
    | {
        /** Mixed: phones, and later versions of customers, spell an e-mail in small letters or in capitals. */
        readonly case?: 'same' | 'mixed' | undefined;
      }
    | undefined;
  /** How the website writes the versions of its customers. */
  readonly feed?:
    | {
        /** What stands for a date that was not given: no key, null, the number 0, or any of them for each date. */
        readonly notGiven?: 'absent' | 'null' | 'zero' | 'mixed' | undefined;
        /** Mixed: the versions of every second customer are exported late and the newest first. */
        readonly order?: 'in-time' | 'mixed' | undefined;
        /** How often the website exports what has changed. Without it, every 5 minutes. */
        readonly every?: Duration | undefined;
      }
    | undefined;
  /** What people agree to, and when they change their mind. */
  readonly consent: {
    /** Probability that a person consents to research at registration. */
    readonly research: Share;
    /** Probability that a person shares with the public. Without it, 50%. */
    readonly public?: Share | undefined;
    /** Probability that a person shares with friends. Without it, 50%. */
    readonly friends?: Share | undefined;
    /** How many people consent at registration and withdraw in the middle third of their first session: the first ones by number. */
    readonly withdrawDuringRun?: number | undefined;
    /** How many people register without consent and give it in the middle third of their first session: the next ones by number. */
    readonly giveDuringRun?: number | undefined;
    /** How many people consent at registration, withdraw in the middle third of their first session, and consent again in the last third: the next ones by number. */
    readonly giveAgainDuringRun?: number | undefined;
    /** Whether changes of mind fall on the very millisecond of a step, where there is one. */
    readonly onSteps?: boolean | undefined;
    /** Single people who change their mind at a time. */
    readonly changes?:
      | readonly {
          /** When, from the start of the run; not before 1s after the person registered. */
          readonly at: Duration;
          /** Number of the person. */
          readonly person: number;
          /** What the person decides. Who decides what is so already changes nothing. */
          readonly research: 'given' | 'withdrawn';
        }[]
      | undefined;
  };
  /** The part of the world that takes part: the rest is drawn and left out, so that what remains keeps its numbers and its draws. Shrinking writes it. */
  readonly only?:
    | {
        /** Numbers of the people who take part; the others never register or exercise. */
        readonly people?: readonly number[] | undefined;
        /** Numbers of the households whose trainers are in use. */
        readonly trainers?: readonly number[] | undefined;
        /** Numbers of the people whose phones are in use. */
        readonly phones?: readonly number[] | undefined;
        /** The steps that are done of each exercise, counted from 0; both ends included. */
        readonly steps?: string | undefined;
        /** No step is done earlier, from the start of the run. */
        readonly from?: Duration | undefined;
        /** No step is done then or later, from the start of the run. */
        readonly until?: Duration | undefined;
      }
    | undefined;
};
