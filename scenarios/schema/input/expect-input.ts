/** The key `expect` as people write it. Written by `npm run docs:schema` from the schema of scenario files. */
import type { Limit, ShareLimit } from './quantities.ts';

/** What must hold: a limit for each oracle that is asked, at least one. */
export type ExpectInput = {
  /** Every reading that a body makes is sent. Its limit is the most readings that may be measured. */
  readonly 'landing.unsent'?: Limit | undefined;
  /** Every reading that was sent whole lands. Its limit is the most readings that may be measured. */
  readonly 'landing.lost'?: Limit | undefined;
  /** No reading that was sent whole is refused. Its limit is the most readings that may be measured. */
  readonly 'landing.rejected'?: Limit | undefined;
  /** No row lands that nobody made. Its limit is the most rows that may be measured. */
  readonly 'landing.unexpected'?: Limit | undefined;
  /** No reading lands of which no line arrived whole. Its limit is the most readings that may be measured. */
  readonly 'landing.damaged'?: Limit | undefined;
  /** Every damaged line is in quarantine, byte for byte. Its limit is the most lines that may be measured. */
  readonly 'landing.silent'?: Limit | undefined;
  /** A reading whose line arrives twice lands once. Its limit is the most rows that may be measured. */
  readonly 'landing.repeated'?: Limit | undefined;
  /** Landed trainer readings carry the right time. Its limit is the most ms that may be measured. */
  readonly 'landing.clockError'?: Limit | undefined;
  /** What lands has the columns and types of the catalog, and no others. Its limit is the most rows that may be measured. */
  readonly 'landing.schema'?: Limit | undefined;
  /** Readings that come late land, and count like those that come in time. Its limit is the most readings that may be measured. */
  readonly 'landing.late'?: Limit | undefined;
  /** A trainer reading lands as often as its line arrives. Its limit is the most rows that may be measured. */
  readonly 'landing.copies'?: Limit | undefined;
  /** What is whole in a dirty landing zone is read, and what is broken is set aside. Its limit is the most pieces that may be measured. */
  readonly 'landing.dirt'?: Limit | undefined;
  /** After the last fault, everything arrives that can. Its limit is the most readings that may be measured. */
  readonly 'liveness.converged'?: Limit | undefined;
  /** customer_trusted has as many rows as its policy promises. Its limit is the most rows that may be measured. */
  readonly 'counts.customer_trusted'?: Limit | undefined;
  /** accelerometer_trusted has as many rows as its policy promises. Its limit is the most rows that may be measured. */
  readonly 'counts.accelerometer_trusted'?: Limit | undefined;
  /** customer_curated has as many rows as its policy promises. Its limit is the most rows that may be measured. */
  readonly 'counts.customer_curated'?: Limit | undefined;
  /** step_trainer_trusted has as many rows as its policy promises. Its limit is the most rows that may be measured. */
  readonly 'counts.step_trainer_trusted'?: Limit | undefined;
  /** machine_learning_curated has as many rows as its policy promises. Its limit is the most rows that may be measured. */
  readonly 'counts.machine_learning_curated'?: Limit | undefined;
  /** Nobody is in the zones who does not share data for research. Its limit is the most rows that may be measured. */
  readonly 'privacy.leaks'?: Limit | undefined;
  /** The ML table holds no personal data. Its limit is the most columns that may be measured. */
  readonly 'privacy.personalData'?: Limit | undefined;
  /** Object names, reasons of quarantine and findings tell nobody who somebody is. Its limit is the most texts that may be measured. */
  readonly 'privacy.quarantine'?: Limit | undefined;
  /** Readings count from the date of consent on. Its limit is the most rows that may be measured. */
  readonly 'consent.date'?: Limit | undefined;
  /** Nobody is in the zones who withdrew consent. Its limit is the most rows that may be measured. */
  readonly 'consent.withdrawal'?: Limit | undefined;
  /** Consent that is given again counts from then on, and not from the first time. Its limit is the most readings that may be measured. */
  readonly 'consent.regiven'?: Limit | undefined;
  /** To share with the public or with friends is not to share for research. Its limit is the most rows that may be measured. */
  readonly 'consent.otherAudience'?: Limit | undefined;
  /** A trainer reading is taken for the person who made it. Its limit is the share that must be right at least. */
  readonly 'attribution.precision'?: ShareLimit | undefined;
  /** The trainer readings of people who share their data are found. Its limit is the share that must be right at least. */
  readonly 'attribution.recall'?: ShareLimit | undefined;
  /** Trainer readings are found, and found for the right person. Its limit is the share that must be right at least. */
  readonly 'attribution.f1'?: ShareLimit | undefined;
  /** A step is paired with the same person's phone at the same moment. Its limit is the most rows that may be measured. */
  readonly 'ml.pairing'?: Limit | undefined;
  /** The right pairs of step and phone sample are found. Its limit is the share that must be right at least. */
  readonly 'ml.joinYield'?: ShareLimit | undefined;
  /** The zones have the columns and types that the policy promises, and no others. Its limit is the most columns that may be measured. */
  readonly 'zones.schema'?: Limit | undefined;
  /** Everybody who shares data is in the zones, with every phone sample. Its limit is the most rows that may be measured. */
  readonly 'zones.missing'?: Limit | undefined;
  /** No row stands in a zone that nobody made. Its limit is the most rows that may be measured. */
  readonly 'zones.unexpected'?: Limit | undefined;
  /** No row stands in a zone twice. Its limit is the most rows that may be measured. */
  readonly 'zones.duplicates'?: Limit | undefined;
  /** Running the pipeline again changes nothing. Its limit is the most rows that may be measured. */
  readonly 'zones.idempotence'?: Limit | undefined;
  /** What must have happened at least once: a scenario whose faults never struck must not pass. */
  readonly sometimes?:
    | readonly (
        | 'address-respelled'
        | 'address-shared'
        | 'baud-rate-wrong'
        | 'boot-garbage'
        | 'box-returned'
        | 'box-swapped'
        | 'bridge-killed'
        | 'broker-restarted'
        | 'browned-out'
        | 'bytes-dropped'
        | 'bytes-duplicated'
        | 'bytes-held-back'
        | 'clock-jumped'
        | 'clock-set-anew'
        | 'consent-given-again-while-streaming'
        | 'consent-given-on-a-step'
        | 'consent-given-while-streaming'
        | 'consent-withdrawn-while-streaming'
        | 'customer-version-out-of-order'
        | 'date-not-given-null'
        | 'date-not-given-zero'
        | 'device-swapped'
        | 'line-cut'
        | 'line-ends-lost'
        | 'line-garbled'
        | 'lines-merged'
        | 'listing-partial'
        | 'message-duplicated'
        | 'message-late'
        | 'message-lost'
        | 'message-reordered'
        | 'message-sent-again'
        | 'object-late'
        | 'phone-offline'
        | 'public-without-research'
        | 'seq-wrapped'
        | 'serial-shared'
        | 'serial-told-anew'
        | 'storage-down'
        | 'storage-slow'
        | 'ticks-wrapped'
        | 'trainer-shared'
        | 'trainer-unplugged'
      )[]
    | undefined;
};
