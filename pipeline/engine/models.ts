/** The SQL models: which there are, in which order they are made, and their text. */
import { ZONE_TABLES } from '../core/catalog.ts';
import type { ConsentRule, Policy } from '../core/catalog.ts';
import { loadSqlText } from './sql-text.ts';

/** One model: the table it makes, and the query that fills it. */
export interface Model {
  readonly name: string;
  readonly sql: string;
}

const CONSENT_MODELS = ['ruling_customer', 'person_consent'];
const ATTRIBUTION_MODELS = [
  'device_reading',
  'device_session',
  'step_reading',
  'phone_sample',
  'phone_session',
  'phone_stamp',
  'coincidence',
  'clock_offset',
  'claim',
  'plausible_pair',
  'accepted_pair',
  'reading_person',
  'session_outcome',
];

/** All models of a policy in the order in which they can be made. The audit needs consent and attribution in both. */
export async function loadModels(
  policy: Policy,
  consent: ConsentRule = 'from-date',
): Promise<Model[]> {
  const paths = [
    ...CONSENT_MODELS.map((name) => ['consent', name] as const),
    ...ATTRIBUTION_MODELS.map((name) => ['attribution', name] as const),
    ...[...ZONE_TABLES, 'ml_pairing'].map((name) => [policy, name] as const),
  ];
  return Promise.all(
    paths.map(async ([folder, name]) => {
      const sql = await loadSqlText(`${folder}/${name}`);
      return { name, sql: sql.replaceAll(':consent_ever', consent === 'ever' ? '1' : '0') };
    }),
  );
}
