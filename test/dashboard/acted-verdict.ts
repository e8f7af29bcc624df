/** What pipelines would make of an acted run: the shape of the real thing, with numbers that only follow time. */
import type { PolicyVerdict, TableVerdict, Verdict } from '../../dashboard/api.ts';

/** What decides. */
export interface Hearing {
  readonly cycle: number;
  readonly atMs: number;
  readonly elapsedMs: number;
  readonly people: number;
  readonly consenting: number;
  readonly isBug: boolean;
}

/** A verdict in which `classic` is wrong while the fulfilment bug is on. */
export function actedVerdict(hearing: Hearing): Verdict {
  const { cycle, atMs, elapsedMs, people, consenting, isBug } = hearing;
  const steps = Math.floor((50 * people * elapsedMs) / 1_000);
  const landed = Math.max(0, steps - 2_500);
  const usable = Math.floor((landed * consenting) / people);
  return {
    cycle,
    asOfMs: atMs,
    tookMs: 1_280,
    truth: {
      steps,
      samples: steps,
      landedSteps: landed,
      landedSamples: landed,
      peopleExercised: people,
      peopleConsenting: consenting,
      usableSteps: usable,
      usableSamples: usable,
    },
    policies: {
      classic: policyOf(usable, consenting, {
        mismatched: Math.floor(usable * (isBug ? 0.43 : 0.09)),
        leaked: Math.floor(usable * (isBug ? 0.12 : 0.02)),
      }),
      strict: policyOf(usable, consenting, { mismatched: 0, leaked: 0 }),
    },
  };
}

function policyOf(
  due: number,
  customers: number,
  { mismatched, leaked }: { readonly mismatched: number; readonly leaked: number },
): PolicyVerdict {
  const table = (rows: number, more: Partial<TableVerdict> = {}): TableVerdict => ({
    rows,
    due: rows,
    leaked: 0,
    wrong: 0,
    missing: 0,
    ...more,
  });
  const rows = Math.floor(due * 0.998);
  const bad = { rows, due, leaked, missing: mismatched + due - rows };
  return {
    tables: {
      customer_trusted: table(customers),
      accelerometer_trusted: table(rows, { due, leaked }),
      customer_curated: table(customers),
      step_trainer_trusted: table(rows, { due, leaked, wrong: mismatched }),
      machine_learning_curated: table(rows, { ...bad, wrong: mismatched }),
    },
    leaked: 3 * leaked,
    misattributed: mismatched,
    mismatched,
    rightPairs: rows - mismatched - leaked,
    failure: undefined,
  };
}
