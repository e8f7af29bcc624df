/** Which models have to be made again when some of them are other ones. */
import type { Model } from '../engine/models.ts';

/** The names of the models whose texts differ from those of the shipped ones. */
export function changedModels(shipped: readonly Model[], models: readonly Model[]): Set<string> {
  const known = new Map(shipped.map(({ name, sql }) => [name, sql]));
  return new Set(models.filter(({ name, sql }) => known.get(name) !== sql).map(({ name }) => name));
}

/** Whether a model reads one of these tables. What comments say is left out. */
export function readsAny(model: Model, tables: ReadonlySet<string>): boolean {
  const words = wordsOf(model);
  return [...tables].some((table) => words.has(table));
}

const cache = new WeakMap<Model, ReadonlySet<string>>();

/** The words of a model. Kept, because every variant asks for those of models that it leaves as they are. */
function wordsOf(model: Model): ReadonlySet<string> {
  const known = cache.get(model);
  if (known !== undefined) return known;
  const words = new Set(model.sql.replace(/--.*$/gm, '').match(/\w+/g) ?? []);
  cache.set(model, words);
  return words;
}
