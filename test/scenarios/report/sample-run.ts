/** Run documents as the runner makes them, for tests of reports: of the published shape, green and red, and with oddities. */
import type { Bin } from '../../../scenarios/evidence/bins.ts';
import { NO_EXHIBITS } from '../../../scenarios/exhibits/exhibits.ts';
import type { OracleResult } from '../../../scenarios/oracles/judge.ts';
import { toRunDocument } from '../../../scenarios/run/result.ts';
import type { RunDocument, ScenarioResult } from '../../../scenarios/run/result.ts';

const NO_READINGS: Readonly<Record<Bin, number>> = {
  neverSent: 0,
  garbled: 0,
  rejected: 0,
  lost: 0,
  lostByDirt: 0,
  landed: 0,
  rightlyFiltered: 0,
  wronglyFiltered: 0,
  wronglyKept: 0,
  duplicated: 0,
  misattributed: 0,
};

/** An oracle's result; it passes unless told otherwise. */
export function sampleOracle(changes: Partial<OracleResult>): OracleResult {
  return {
    id: 'landing.lost',
    title: 'Every reading that was sent whole lands',
    verdict: 'pass',
    measured: 0,
    unit: 'readings',
    limit: { max: 0 },
    margin: 0,
    offenders: [],
    chances: 109_953,
    sentence:
      '0 of 109,953 readings that were sent whole are neither in landing nor in quarantine.',
    ...changes,
  };
}

/** A ledger in which the named bins hold readings. */
export function sampleLedger(bins: Partial<Record<Bin, number>>): ScenarioResult['ledger'] {
  const emitted = Object.values(bins).reduce((sum, count) => sum + count, 0);
  return { emitted, bins: { ...NO_READINGS, ...bins } };
}

const ML_JOIN_YIELD = sampleOracle({
  id: 'ml.joinYield',
  title: 'The right pairs of step and phone sample are found',
  measured: 1,
  unit: 'ratio',
  limit: { min: 0.95 },
  chances: 32_025,
  sentence: '0 of 32,025 right pairs of a step and a phone sample are missing.',
});

const PAIRING = sampleOracle({
  id: 'ml.pairing',
  title: "A step is paired with the same person's phone",
  unit: 'rows',
  chances: 32_025,
  sentence:
    "0 of 32,025 rows of machine_learning_curated pair one person's step with another person's phone.",
});

const CONSENT_DATE = sampleOracle({
  id: 'consent.date',
  title: 'Readings count from the date of consent on',
  unit: 'rows',
  chances: 12_119,
  sentence:
    "0 rows in the zones hold readings from before their person's consent; 12,119 such readings landed.",
});

const PRECISION = sampleOracle({
  id: 'attribution.precision',
  title: 'A trainer reading is taken for the person who made it',
  measured: 1,
  unit: 'ratio',
  limit: { min: 0.99 },
  chances: 11_297,
  sentence: '0 of 11,297 claims about whose a trainer reading is are wrong.',
});

/** The published shape under the strict pipeline: everything is right. */
export function strictPublished(changes: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    name: 'The published shape: 956 customers who each have a serial number of their own',
    file: 'published-shape',
    seed: 1,
    mode: 'sim',
    pipeline: 'strict',
    verdict: 'pass',
    oracles: [sampleOracle({}), CONSENT_DATE, PRECISION, PAIRING, ML_JOIN_YIELD],
    ledger: sampleLedger({ landed: 43_322, rightlyFiltered: 66_631 }),
    tables: {
      customer_landing: { rows: 956 },
      accelerometer_landing: { rows: 81_273 },
      step_trainer_landing: { rows: 28_680 },
      customer_trusted: { rows: 482 },
      accelerometer_trusted: { rows: 32_025 },
      customer_curated: { rows: 464 },
      step_trainer_trusted: { rows: 11_297 },
      machine_learning_curated: { rows: 32_025 },
    },
    audit: [
      { id: 'ml-pairs-two-people', rows: 0, title: 'ML rows that pair two people' },
      { id: 'duplicate-rows', rows: 0, title: 'Rows that repeat another row' },
    ],
    exhibits: NO_EXHIBITS,
    repro: 'npx stedi run published-shape --seed 1 --mode sim --pipeline strict',
    ...changes,
  };
}

/** The published shape under the classic pipeline: every count is right, and pairing, consent date and privacy are not. */
export function classicPublished(changes: Partial<ScenarioResult> = {}): ScenarioResult {
  return strictPublished({
    pipeline: 'classic',
    verdict: 'fail',
    oracles: [
      sampleOracle({}),
      sampleOracle({
        id: 'counts.machine_learning_curated',
        title: 'machine_learning_curated has as many rows as its policy promises',
        unit: 'rows',
        chances: 43_681,
        sentence: 'machine_learning_curated has 43,681 rows; the world gives 43,681.',
      }),
      {
        ...CONSENT_DATE,
        verdict: 'fail',
        measured: 8_956,
        margin: -8_956,
        sentence:
          "8,956 rows in the zones hold readings from before their person's consent; 12,119 such readings landed.",
      },
      {
        ...PRECISION,
        verdict: 'fail',
        measured: 14_457 / 15_407,
        margin: 14_457 / 15_407 - 0.99,
        chances: 15_407,
        sentence: '950 of 15,407 claims about whose a trainer reading is are wrong.',
      },
      {
        ...PAIRING,
        verdict: 'fail',
        measured: 2_700,
        margin: -2_700,
        chances: 43_681,
        sentence:
          "2,700 of 43,681 rows of machine_learning_curated pair one person's step with another person's phone.",
      },
      ML_JOIN_YIELD,
      sampleOracle({
        id: 'consent.withdrawal',
        title: 'Nobody is in the zones who withdrew consent',
        verdict: 'fail',
        unit: 'rows',
        chances: 0,
        sentence:
          'Nothing was tested: the run gave this oracle no chance to fail. 0 rows in the zones are about the 0 people who withdrew their consent.',
      }),
    ],
    ledger: sampleLedger({
      garbled: 41,
      lost: 310,
      lostByDirt: 0,
      landed: 42_968,
      rightlyFiltered: 54_512,
      wronglyKept: 12_119,
      misattributed: 3,
    }),
    tables: {
      customer_landing: { rows: 956 },
      accelerometer_landing: { rows: 81_273 },
      step_trainer_landing: { rows: 28_680 },
      customer_trusted: { rows: 482 },
      accelerometer_trusted: { rows: 40_981 },
      customer_curated: { rows: 482 },
      step_trainer_trusted: { rows: 14_460 },
      machine_learning_curated: { rows: 43_681 },
    },
    audit: [
      { id: 'ml-pairs-two-people', rows: 2_700, title: 'ML rows that pair two people' },
      {
        id: 'accelerometer-before-consent',
        rows: 8_956,
        title: 'Accelerometer rows from before consent',
      },
      { id: 'personal-data-in-ml', rows: 43_681, title: 'ML rows that hold personal data' },
      { id: 'duplicate-rows', rows: 0, title: 'Rows that repeat another row' },
    ],
    repro: 'npx stedi run published-shape --seed 1 --mode sim --pipeline classic',
    ...changes,
  });
}

/** A scenario that nobody walked in, whose oracles had nothing to look at. */
export function emptyScenario(): ScenarioResult {
  return strictPublished({
    name: 'Nobody walks',
    file: 'nobody-walks',
    verdict: 'fail',
    oracles: [
      sampleOracle({
        verdict: 'fail',
        chances: 0,
        sentence: 'Nothing was tested: the run gave this oracle no chance to fail.',
      }),
    ],
    ledger: sampleLedger({}),
    tables: {},
    audit: [],
    repro: 'npx stedi run nobody-walks --seed 1 --mode sim --pipeline strict',
  });
}

/** A scenario whose every text tries to be markup. */
export function hostileScenario(): ScenarioResult {
  const attack = `<script>alert("1")</script>' onload='&amp;`;
  return classicPublished({
    name: attack,
    file: `${attack}.yaml`,
    oracles: [
      sampleOracle({ id: attack, title: attack, unit: attack, sentence: attack, verdict: 'fail' }),
    ],
    tables: { [`${attack}_trusted`]: { rows: 3 } },
    audit: [{ id: attack, rows: 1, title: attack }],
    repro: `npx stedi run '${attack.replaceAll("'", String.raw`'\''`)}'`,
  });
}

/** A green run. */
export const GREEN_RUN: RunDocument = toRunDocument([
  strictPublished(),
  strictPublished({
    seed: 2,
    mode: 'live',
    repro: 'npx stedi run published-shape --seed 2 --mode live',
  }),
]);

/** A run of one scenario of the published shape that fails. */
export const RED_RUN: RunDocument = toRunDocument([classicPublished()]);

/** A run of 24 scenarios, of which every eighth fails. */
export const LONG_RUN: RunDocument = toRunDocument(
  Array.from({ length: 24 }, (_, index) => {
    const name = `Household ${index + 1} shares one step trainer and its members walk in turns`;
    return index % 8 === 3
      ? classicPublished({ name, seed: index })
      : strictPublished({ name, seed: index });
  }),
);

/** A run of nothing. */
export const EMPTY_RUN: RunDocument = toRunDocument([]);
