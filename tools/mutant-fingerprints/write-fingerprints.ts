/** Writes what every mutant fails in the simulated scenarios of the catalogue: `npm run mutants:fingerprints`. */
import { writeFile } from 'node:fs/promises';
import {
  FINGERPRINTS_FILE,
  loadCatalogue,
  makePlan,
  MUTANTS,
  scenarioKey,
  ScenarioError,
  splitBySize,
  stampMutant,
  stampScenario,
  toFingerprints,
  tryMutants,
  writeFingerprints,
} from '../../scenarios/index.ts';

const { small } = splitBySize(
  (await loadCatalogue())
    .map(({ file, scenario }) => ({ file, plan: makePlan(scenario, {}) }))
    .filter(({ plan }) => plan.mode === 'sim'),
);
const found = await tryMutants(small, MUTANTS);
for (const { file, broken, mutants } of found) {
  const why = broken ?? mutants.find((verdict) => verdict.broken !== undefined)?.broken;
  // What could not be run would be missing in the fingerprints without a sign.
  if (why !== undefined) throw new ScenarioError('MUTANTS_FAILED', `In ${file}: ${why}`);
}
const stamps = {
  scenarios: Object.fromEntries(
    small.map(({ file, plan }) => [scenarioKey(file, plan.seed), stampScenario(plan)]),
  ),
  mutants: Object.fromEntries(MUTANTS.map((mutant) => [mutant.id, stampMutant(mutant)])),
};
await writeFile(FINGERPRINTS_FILE, writeFingerprints(toFingerprints(found), stamps));
