/** Which models have to be made again when some of them are other ones. */
import type { Model } from '../engine/models.ts';

/** The names of the models whose texts differ from those of the shipped ones. */
export function changedModels(shipped: readonly Model[], models: readonly Model[]): Set<string> {
  const known = new Map(shipped.map(({ name, sql }) => [name, sql]));
  return new Set(models.filter(({ name, sql }) => known.get(name) !== sql).map(({ name }) => name));
}

/** Whether a model reads one of these tables. What comments say is left out. */
export function readsAny({ sql }: Model, tables: ReadonlySet<string>): boolean {
  const words = sql.replace(/--.*$/gm, '').match(/\w+/g) ?? [];
  return words.some((word) => tables.has(word));
}
