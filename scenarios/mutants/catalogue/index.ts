/** All mutants. */
import type { Mutant } from '../mutant.ts';
import { CLASSIC_MUTANTS } from './classic-mutants.ts';
import { CONSENT_MUTANTS } from './consent-mutants.ts';
import { CUSTOMER_MUTANTS } from './customer-mutants.ts';
import { HABIT_MUTANTS } from './habit-mutants.ts';
import { PAIRING_MUTANTS } from './pairing-mutants.ts';
import { PHONE_MUTANTS } from './phone-mutants.ts';
import { READER_MUTANTS } from './reader-mutants.ts';
import { TRAINER_MUTANTS } from './trainer-mutants.ts';

/** Every mutant, in the order of their ids. */
export const MUTANTS: readonly Mutant[] = [
  ...CONSENT_MUTANTS,
  ...PHONE_MUTANTS,
  ...CUSTOMER_MUTANTS,
  ...TRAINER_MUTANTS,
  ...PAIRING_MUTANTS,
  ...CLASSIC_MUTANTS,
  ...READER_MUTANTS,
  ...HABIT_MUTANTS,
];
