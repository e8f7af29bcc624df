/** The SQL models: which there are, in which order they are made, and their text. */
import { readFile } from 'node:fs/promises';
import { ATTRIBUTION_SETTINGS } from '../core/attribution-settings.ts';
import { ZONE_TABLES } from '../core/catalog.ts';
import type { ConsentRule, Policy } from '../core/catalog.ts';
import { PipelineError } from '../pipeline-error.ts';

/** One model: the table it makes, and the query that fills it. */
export interface Model {
  readonly name: string;
  readonly sql: string;
}

/** The checks that the audit makes, by the ids that reports use. */
export const AUDIT_QUERIES = [
  'ml-pairs-two-people',
  'accelerometer-before-consent',
  'consent-missing',
  'serial-shared',
  'duplicate-rows',
] as const;

/** The name of an audit query. */
export type AuditQuery = (typeof AUDIT_QUERIES)[number];

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
      const sql = await loadSql(`${folder}/${name}`);
      return { name, sql: sql.replaceAll(':consent_ever', consent === 'ever' ? '1' : '0') };
    }),
  );
}

/** The text of an audit query. */
export function loadAuditQuery(query: AuditQuery): Promise<string> {
  return loadSql(`audit/${query}`);
}

async function loadSql(path: string): Promise<string> {
  const url = new URL(`../sql/${path}.sql`, import.meta.url);
  try {
    return fillSettings(await readFile(url, 'utf8'));
  } catch (cause) {
    throw new PipelineError(
      'ENGINE_FAILED',
      `The model ${path}.sql is missing from this installation. Install the package again, or run the build.`,
      { cause },
    );
  }
}

/** Puts the values of the attribution settings where an SQL text names them; text without a setting of that name stays. */
function fillSettings(sql: string): string {
  const settings: Readonly<Record<string, number>> = ATTRIBUTION_SETTINGS;
  return sql.replace(/:([a-z_]+)/g, (text, name: string) => settings[name]?.toString() ?? text);
}
