/** Writes what every mutant fails in the simulated scenarios of the catalogue: `npm run mutants:fingerprints`. */
import { writeFile } from 'node:fs/promises';
import {
  FINGERPRINTS_FILE,
  loadCatalogue,
  makePlan,
  MUTANTS,
  toFingerprints,
  tryMutants,
  writeFingerprints,
} from '../../scenarios/index.ts';

/** Larger worlds would take minutes, and show nothing that small ones do not. */
const CUSTOMERS_MAX = 300;

const scenarios = (await loadCatalogue())
  .map(({ file, scenario }) => ({ file, plan: makePlan(scenario, {}) }))
  .filter(({ plan }) => plan.mode === 'sim' && plan.world.customers <= CUSTOMERS_MAX);
const found = await tryMutants(scenarios, MUTANTS);
await writeFile(FINGERPRINTS_FILE, writeFingerprints(toFingerprints(found)));
