/** Checks what somebody wrote for a scenario, wherever it comes from: its shape, its values, and that they fit together. */
import { checkRest } from '../contradictions/rest-check.ts';
import { findContradictions } from '../planning/plan.ts';
import { scenarioSchema } from '../schema/index.ts';
import type { Scenario } from '../schema/index.ts';
import { toComplaints } from './complaints.ts';
import type { Complaint } from './complaints.ts';

/** A right scenario, or everything that is wrong with it. */
export type CheckedScenario =
  | { readonly scenario: Scenario; readonly complaints: readonly [] }
  | { readonly scenario?: undefined; readonly complaints: readonly Complaint[] };

/** Checks plain values: a parsed file, or what a program made. */
export function checkScenario(written: unknown): CheckedScenario {
  const result = scenarioSchema.safeParse(written);
  if (!result.success) {
    const { issues } = result.error;
    const complaints = toComplaints(issues, scenarioSchema, written);
    return { complaints: [...complaints, ...checkRest(written, issues)] };
  }
  const complaints = findContradictions(result.data);
  return complaints.length > 0 ? { complaints } : { scenario: result.data, complaints: [] };
}
