/** The SQL models: which there are, in which order they are made, and their text. */
import { ZONE_TABLES } from '../core/catalog.ts';
import type { ConsentRule, Policy } from '../core/catalog.ts';
import { attributionModels } from './attribution-models.ts';
import type { ModelText } from './attribution-models.ts';
import { loadSqlText } from './sql-text.ts';
import type { SqlEdit } from './sql-text.ts';

/** One model: the table it makes, and the query that fills it. */
export interface Model {
  readonly name: string;
  readonly sql: string;
}

const CONSENT_MODELS = ['ruling_customer', 'person_consent'];

/** The zone tables of a policy, and what they need between them or the audit afterwards. */
function tablesOf(policy: Policy): string[] {
  return [...ZONE_TABLES, 'ml_pairing'].flatMap((name) =>
    policy === 'strict' && name === 'machine_learning_curated' ? ['trusted_sample', name] : [name],
  );
}

/** All models of a policy in the order in which they can be made. The audit needs consent and attribution in both. Errors of `edit` are passed on. */
export async function loadModels(
  policy: Policy,
  consent: ConsentRule = 'from-date',
  edit?: SqlEdit,
): Promise<Model[]> {
  const models: ModelText[] = [
    ...CONSENT_MODELS.map((name) => ({ name, path: `consent/${name}` })),
    ...attributionModels(),
    ...tablesOf(policy).map((name) => ({ name, path: `${policy}/${name}` })),
  ];
  return Promise.all(
    models.map(async ({ name, path, reads = {} }) => {
      const sql = (await loadSqlText(path, edit)).replaceAll(
        ':consent_ever',
        consent === 'ever' ? '1' : '0',
      );
      return { name, sql: sql.replace(/\b[a-z]+_before\b/g, (table) => reads[table] ?? table) };
    }),
  );
}
