/** A scenario as people write it. Written by `npm run docs:schema` from the schema of scenario files. */
import type { DevicesInput } from './devices-input.ts';
import type { ExpectInput } from './expect-input.ts';
import type { FaultsInput } from './faults-input.ts';
import type { LandingInput } from './landing-input.ts';
import type { RunInput } from './run-input.ts';
import type { WorldInput } from './world-input.ts';

/** A scenario as it is written, in YAML or with defineScenario(): quantities carry their unit. */
export type ScenarioInput = {
  /** Version of this format. */
  readonly version: 1;
  /** A sentence that says what happens. */
  readonly name: string;
  /** Why this scenario exists: what it finds that no other does. */
  readonly about?: string | undefined;
  /** Words for stedi run --tag. */
  readonly tags?: readonly string[] | undefined;
  /** The people: how many, how they live, what they own and what they agree to. */
  readonly world: WorldInput;
  /** Trainers and phones: their links and their clocks. */
  readonly devices?: DevicesInput | undefined;
  /** How long the world lasts, and how it is run. */
  readonly run: RunInput;
  /** What goes wrong, where, when and how often. */
  readonly faults?: FaultsInput | undefined;
  /** What is wrong in the landing zone before the pipeline reads it. */
  readonly landing?: LandingInput | undefined;
  /** The pipeline under test; --pipeline overrides it. */
  readonly pipeline?: 'strict' | 'classic' | undefined;
  /** What must hold: a limit for each oracle that is asked, at least one. */
  readonly expect: ExpectInput;
};
